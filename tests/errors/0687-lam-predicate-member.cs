var q = new[] { 1 }.Where(x => x.Foo > 1);
