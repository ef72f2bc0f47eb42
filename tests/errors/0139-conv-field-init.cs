class A { int x = "a"; }
class P { static void Main() { } }
