Func<int, int> f = (string x) => 1;
