var d = new Dictionary<string, int>();
d[1] = 2;
