var q = new[] { "a" }.Sum(x => x);
