double d = 1;
int x = d;
