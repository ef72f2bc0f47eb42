Task<int> t = Task.FromResult("a");
