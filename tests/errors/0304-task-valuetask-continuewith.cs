ValueTask<int> t = new(1);
t.ContinueWith(x => { });
