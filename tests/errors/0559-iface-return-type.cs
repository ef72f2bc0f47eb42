interface I { int M(); }
class A : I { public void M() { } }
class P { static void Main() { } }
