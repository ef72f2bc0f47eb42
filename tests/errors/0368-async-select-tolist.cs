List<int> q = new[] { 1 }.Select(async x => await Task.FromResult(x)).ToList();
