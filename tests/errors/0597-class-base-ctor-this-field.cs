class A { public A(int x) { } }
class B : A { int y; public B() : base(y) { } }
class P { static void Main() { } }
