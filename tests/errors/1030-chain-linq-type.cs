List<string> l = new List<int>().Where(x => x > 1).ToList();
