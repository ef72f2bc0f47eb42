Func<int, string> f = x => { return x; };
