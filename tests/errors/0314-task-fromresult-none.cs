var t = Task.FromResult();
