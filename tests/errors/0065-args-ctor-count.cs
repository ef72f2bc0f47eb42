class A { public A(int x) { } }
class P { static void Main() { var a = new A(); } }
