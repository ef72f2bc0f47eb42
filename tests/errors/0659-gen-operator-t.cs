class P { static T M<T>(T x, T y) => x + y; static void Main() { } }
