class A { public required int X { get; set; } public required string S { get; set; } }
class P { static void Main() { var a = new A { X = 1 }; } }
