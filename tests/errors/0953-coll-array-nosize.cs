int[] a = new int[];
