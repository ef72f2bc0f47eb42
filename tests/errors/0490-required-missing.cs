class A { public required int X { get; set; } }
class P { static void Main() { var a = new A(); } }
