class P { static void M<T>(T x) { } static void Main() { M<int, int>(1); } }
