var q = from x in new[] { 1, 2, 3 } where x > 1 orderby x descending select x * 2; Console.WriteLine(q.Sum());
