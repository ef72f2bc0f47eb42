var l = new List<int> { 1, "2" };
