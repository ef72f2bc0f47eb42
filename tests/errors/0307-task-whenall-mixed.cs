var x = await Task.WhenAll(Task.FromResult(1), Task.FromResult("a"));
x[0] = 1;
