List<int, int> l = null;
