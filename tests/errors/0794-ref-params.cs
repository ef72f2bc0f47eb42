class P { static void M(params ref int[] x) { } static void Main() { } }
