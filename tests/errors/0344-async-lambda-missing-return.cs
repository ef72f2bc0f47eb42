Func<Task<int>> f = async () => { await Task.Delay(1); };
