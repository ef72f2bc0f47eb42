var l = List<int>();
