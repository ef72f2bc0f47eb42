class A { public A(int x) { } }
class B : A { }
class P { static void Main() { } }
