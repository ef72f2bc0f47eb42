class A<out T> { }
class P { static void Main() { } }
