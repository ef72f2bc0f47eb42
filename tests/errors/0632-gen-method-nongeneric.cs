class P { static void M(int x) { } static void Main() { M<int>(1); } }
