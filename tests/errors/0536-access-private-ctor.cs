class A { private A() { } }
class P { static void Main() { new A(); } }
