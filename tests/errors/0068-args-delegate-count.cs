Func<int, int> f = x => x;
f(1, 2);
