Task t = Task.FromException("a");
