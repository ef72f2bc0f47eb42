class P { static T M<T>(int x) => x; static void Main() { } }
