int x = 1;
Func<int, int> f = y => { int y = 2; return y; };
