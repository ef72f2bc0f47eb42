Dictionary<int> d = null;
