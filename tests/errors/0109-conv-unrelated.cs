class A { }
class B { }
class P { static void Main() { A a = new B(); } }
