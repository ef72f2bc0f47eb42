Func<int, int> f = x => { if (x > 0) return 1; };
