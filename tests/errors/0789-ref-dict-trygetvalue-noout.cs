var d = new Dictionary<string, int>();
int v;
d.TryGetValue("a", v);
