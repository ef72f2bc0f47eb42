class P { static void M<T>() { var x = T; } static void Main() { } }
