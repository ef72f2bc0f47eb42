string<int> s = null;
