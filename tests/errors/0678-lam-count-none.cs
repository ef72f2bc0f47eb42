Func<int, int> f = () => 1;
