Func<int, int> f = x => x;
f("a");
