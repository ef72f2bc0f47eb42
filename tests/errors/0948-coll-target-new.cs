int[] a = new();
