int q = new[] { 1 }.Aggregate("", (a, b) => a + b);
