var q = new[] { "a" }.OrderBy(x => x.Foo);
