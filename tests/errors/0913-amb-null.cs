class P { static void M(string a) { } static void M(int[] a) { } static void Main() { M(null); } }
