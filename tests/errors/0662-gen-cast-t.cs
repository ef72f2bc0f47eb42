class P { static T M<T>(string x) => (T)x; static void Main() { } }
