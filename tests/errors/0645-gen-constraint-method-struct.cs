class P { static void M<T>(T x) where T : struct { } static void Main() { M("a"); } }
