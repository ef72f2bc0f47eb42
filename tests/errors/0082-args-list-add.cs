var l = new List<int>();
l.Add("x");
