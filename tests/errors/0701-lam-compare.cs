Func<int> f = () => 1;
if (f == 1) { }
