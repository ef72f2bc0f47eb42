int F(int x) => x;
F();
