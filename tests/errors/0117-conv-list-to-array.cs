int[] a = new List<int>();
