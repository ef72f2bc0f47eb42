Task<int> t = Task.FromResult(1);
if (t == 1) { }
