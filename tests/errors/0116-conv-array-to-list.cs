List<int> l = new int[] { 1 };
