int x = 1;
static int F() => x;
F();
