Task<int> t = Task.FromException(new Exception());
