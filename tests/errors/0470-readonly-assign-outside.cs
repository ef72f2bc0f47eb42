class A { public readonly int X; }
class P { static void Main() { new A().X = 1; } }
