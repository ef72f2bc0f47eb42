class P { static T M<T>(object x) => x as T; static void Main() { } }
