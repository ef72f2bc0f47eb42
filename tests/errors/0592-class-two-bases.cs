class A { }
class B { }
class C : A, B { }
class P { static void Main() { } }
