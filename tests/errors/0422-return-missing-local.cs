int F() { }
F();
