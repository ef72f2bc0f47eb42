foreach (var (a, b, c) in new Dictionary<string, int>()) { }
