class A { public A(int x) { } }
class B : A { public B() : base("a") { } }
class P { static void Main() { } }
