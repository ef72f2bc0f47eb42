int F(int x) { return "a"; }
