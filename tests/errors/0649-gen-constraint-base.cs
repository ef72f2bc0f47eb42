class B { }
class A<T> where T : B { }
class P { static void Main() { A<string> a = null; } }
