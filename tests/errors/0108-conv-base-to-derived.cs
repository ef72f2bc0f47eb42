class A { }
class B : A { }
class P { static void Main() { A a = new B(); B b = a; } }
