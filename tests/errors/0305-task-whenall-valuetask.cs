ValueTask<int> a = new(1), b = new(2);
await Task.WhenAll(a, b);
