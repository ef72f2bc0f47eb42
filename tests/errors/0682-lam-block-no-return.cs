Func<int, int> f = x => { x + 1; };
