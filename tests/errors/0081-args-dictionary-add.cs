var d = new Dictionary<string, int>();
d.Add("a", "b");
