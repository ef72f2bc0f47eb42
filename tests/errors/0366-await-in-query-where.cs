var q = new[] { 1 }.Where(x => await Task.FromResult(true));
