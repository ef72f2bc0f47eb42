var l = new List<int>().Wher(x => x > 1);
