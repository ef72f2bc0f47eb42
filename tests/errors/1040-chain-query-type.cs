IEnumerable<string> q = from x in new[] { 1 } select x;
