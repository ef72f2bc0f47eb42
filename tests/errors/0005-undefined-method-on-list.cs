var l = new List<int>();
l.Push(3);
