int[] a = new int[] { 1, 2.5 };
