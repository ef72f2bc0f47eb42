class A { public required int X { get; private set; } }
class P { static void Main() { } }
