class P { static T M<T>() => new T(); static void Main() { } }
