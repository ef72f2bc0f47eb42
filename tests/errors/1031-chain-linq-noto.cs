List<int> l = new List<int>().Where(x => x > 1);
