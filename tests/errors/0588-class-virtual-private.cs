class A { virtual void M() { } }
class P { static void Main() { } }
