Func<int, int> f = (x, y) => x;
