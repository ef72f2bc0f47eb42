interface I { }
class A : I, I { }
class P { static void Main() { } }
