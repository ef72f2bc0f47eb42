interface I { int X { get; set; } }
class A : I { public int X => 1; }
class P { static void Main() { } }
