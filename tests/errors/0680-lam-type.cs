Func<int, string> f = x => x;
