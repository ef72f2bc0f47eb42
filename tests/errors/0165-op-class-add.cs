class A { }
class P { static void Main() { var x = new A() + new A(); } }
