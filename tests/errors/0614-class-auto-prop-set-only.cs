class A { public int X { set; } }
class P { static void Main() { } }
