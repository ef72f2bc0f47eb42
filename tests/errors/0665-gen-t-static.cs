class P { static T M<T>() => T.Create(); static void Main() { } }
