class A { public int X { get; private set; } }
class P { static void Main() { new A().X = 1; } }
