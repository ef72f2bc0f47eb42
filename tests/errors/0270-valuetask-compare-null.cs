ValueTask<int> t = default;
if (t == null) { }
