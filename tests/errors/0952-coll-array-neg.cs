int[] a = new int[-1];
