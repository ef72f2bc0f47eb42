interface I { void M(); }
class A : I { void I.M() { } }
class P { static void Main() { new A().M(); } }
