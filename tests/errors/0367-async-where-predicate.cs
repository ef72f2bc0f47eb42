var q = new[] { 1 }.Where(async x => await Task.FromResult(true));
