foreach (string s in new int[] { 1 }) { }
