foreach (var x in new[] { 1 }) { x = 2; }
