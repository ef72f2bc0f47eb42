class A<T, T> { }
class P { static void Main() { } }
