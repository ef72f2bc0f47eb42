var l = new List<int>().Count;
int x = l();
