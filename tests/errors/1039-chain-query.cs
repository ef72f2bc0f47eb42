var q = from x in new[] { 1 } where x.Foo > 1 select x;
