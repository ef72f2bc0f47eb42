class A { void x; }
class P { static void Main() { } }
