Func<int, int, int> f = (a, a) => a;
