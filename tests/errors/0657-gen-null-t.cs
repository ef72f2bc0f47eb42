class P { static T M<T>() => null; static void Main() { } }
