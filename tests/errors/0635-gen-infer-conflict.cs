class P { static void M<T>(T a, T b) { } static void Main() { M(1, "a"); } }
