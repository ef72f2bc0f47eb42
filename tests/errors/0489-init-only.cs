class A { public int X { get; init; } }
class P { static void Main() { var a = new A(); a.X = 1; } }
