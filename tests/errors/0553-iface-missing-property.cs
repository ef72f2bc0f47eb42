interface I { int X { get; set; } }
class A : I { public int X { get; } }
class P { static void Main() { } }
