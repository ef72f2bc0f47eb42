Func<int, Task<int>> a = x => await Task.FromResult(x);
