Task<int> t = Task.FromResult(1);
t.Result = 2;
