Task<object> t = Task.FromResult("a");
