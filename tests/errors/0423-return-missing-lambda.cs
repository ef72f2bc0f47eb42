Func<int> f = () => { };
