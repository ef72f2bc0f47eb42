class A { public int X { get; set; } }
class P { static void M(ref int x) { } static void Main() { var a = new A(); M(ref a.X); } }
