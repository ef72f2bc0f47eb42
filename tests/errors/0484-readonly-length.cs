int[] a = new int[3];
a.Length = 4;
