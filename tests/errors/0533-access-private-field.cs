class A { private int x; }
class P { static void Main() { new A().x = 1; } }
