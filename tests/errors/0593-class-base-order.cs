class A { }
interface I { }
class C : I, A { }
class P { static void Main() { } }
