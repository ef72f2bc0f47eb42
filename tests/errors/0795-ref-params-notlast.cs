class P { static void M(params int[] x, int y) { } static void Main() { } }
