ValueTask<int> t = new(1);
t.Wait();
