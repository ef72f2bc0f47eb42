string l = new List<int>().First();
