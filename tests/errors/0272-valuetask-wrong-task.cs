var v = new ValueTask<int>(Task.FromResult("a"));
