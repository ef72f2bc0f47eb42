Task<int> t = Task.FromResult(1);
if (t.Result == "1") { }
