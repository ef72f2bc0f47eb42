class A { public int X { get; set; } = "a"; }
class P { static void Main() { } }
