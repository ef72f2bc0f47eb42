interface I { void M(); }
class A : I { }
class P { static void Main() { } }
