Func<int> f = async () => { await Task.Delay(1); return 1; };
