interface I { void M(); }
class A : I { void M() { } }
class P { static void Main() { } }
