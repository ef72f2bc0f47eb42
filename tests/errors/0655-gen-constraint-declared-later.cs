class A<T> where T : struct { T? x; }
class P { static void M<T>() { A<T> a; } static void Main() { } }
