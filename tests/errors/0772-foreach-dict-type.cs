foreach (string k in new Dictionary<string, int>()) { }
