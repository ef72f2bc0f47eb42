Task<int, int> t = null;
