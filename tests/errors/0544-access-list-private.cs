var l = new List<int>();
l._items = null;
