class A : B { }
class B : A { }
class P { static void Main() { } }
