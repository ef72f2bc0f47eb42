class A<T> { public static T X; }
class P { static void Main() { A.X = 1; } }
