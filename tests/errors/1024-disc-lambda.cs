Func<int, int, int> f = (_, _) => _;
