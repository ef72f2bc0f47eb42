void F() { }
void F() { }
F();
