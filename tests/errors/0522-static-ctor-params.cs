class A { static A(int x) { } }
class P { static void Main() { } }
