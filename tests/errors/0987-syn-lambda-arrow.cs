Func<int, int> f = x -> x;
