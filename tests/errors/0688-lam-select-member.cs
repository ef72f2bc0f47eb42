var q = new[] { "a" }.Select(x => x.Len).ToList();
