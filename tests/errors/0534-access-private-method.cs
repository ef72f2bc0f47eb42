class A { void M() { } }
class P { static void Main() { new A().M(); } }
