class P { static bool M<T>(T x, T y) => x < y; static void Main() { } }
