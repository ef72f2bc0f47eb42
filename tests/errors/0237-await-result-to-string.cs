string s = await Task.FromResult(1);
