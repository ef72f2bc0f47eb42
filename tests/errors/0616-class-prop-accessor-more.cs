class A { int X { public get; set; } }
class P { static void Main() { } }
