interface I { event Action E; }
class A : I { }
class P { static void Main() { } }
