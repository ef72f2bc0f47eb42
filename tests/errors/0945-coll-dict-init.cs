var d = new Dictionary<string, int> { { "a", "b" } };
