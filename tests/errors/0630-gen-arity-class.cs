class A { }
class P { static void Main() { A<int> a = null; } }
