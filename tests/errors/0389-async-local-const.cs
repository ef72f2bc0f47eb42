const int x = await Task.FromResult(1);
