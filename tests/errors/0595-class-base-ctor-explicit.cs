class A { public A(int x) { } }
class B : A { public B() { } }
class P { static void Main() { } }
