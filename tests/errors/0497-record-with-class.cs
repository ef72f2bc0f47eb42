class A { public int X; }
class P { static void Main() { var r = new A() with { X = 2 }; } }
