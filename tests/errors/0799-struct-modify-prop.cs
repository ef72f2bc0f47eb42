struct S { public int X; }
class A { public S S { get; set; } }
class P { static void Main() { new A().S.X = 1; } }
