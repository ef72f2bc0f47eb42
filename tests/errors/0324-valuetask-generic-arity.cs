ValueTask<int, string> t = default;
