class P { static void M(ref int x = 1) { } static void Main() { } }
