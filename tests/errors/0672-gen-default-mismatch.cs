class P { static int M<T>() => default(T); static void Main() { } }
