var l = new List<int>();
int x = l[^1.5];
