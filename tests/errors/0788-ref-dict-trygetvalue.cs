var d = new Dictionary<string, int>();
if (d.TryGetValue("a", out string s)) { }
