class P { static T M<T>() => default!; static void Main() { var x = M(); } }
