var t = Task.FromResult<int>("a");
