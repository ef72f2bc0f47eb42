class A { public int X { get; set; } }
class P { static void Main() { var a = new A { X = "s" }; } }
