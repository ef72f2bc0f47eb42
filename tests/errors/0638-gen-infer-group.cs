class P { static int F(int x) => x; static void M<T>(Func<T> f) { } static void Main() { M(F); } }
