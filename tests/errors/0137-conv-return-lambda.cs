Func<int> f = () => "a";
