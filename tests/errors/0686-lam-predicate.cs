var q = new[] { 1 }.Where(x => x + 1);
