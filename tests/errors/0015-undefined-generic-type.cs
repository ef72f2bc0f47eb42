Lst<int> l = new();
