class P { static void M<T>(Func<T, int> f) { } static void Main() { M(x => 1); } }
