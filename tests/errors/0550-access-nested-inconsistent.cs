class B { class A { } public A M() => null; }
class P { static void Main() { } }
