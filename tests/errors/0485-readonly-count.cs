var l = new List<int>();
l.Count = 4;
