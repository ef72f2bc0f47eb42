int x = await Task.WhenAny(Task.FromResult(1), Task.FromResult(2));
