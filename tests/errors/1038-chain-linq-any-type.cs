int x = new List<int>().Any();
