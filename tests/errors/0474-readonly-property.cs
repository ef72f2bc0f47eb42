class A { public int X { get; } }
class P { static void Main() { new A().X = 1; } }
