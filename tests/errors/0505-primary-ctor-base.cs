class A(int x) { public int X => x; }
class B(int y) : A { public int Y => y; }
class P { static void Main() { } }
