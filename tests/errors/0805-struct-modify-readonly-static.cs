struct S { public int X; }
class A { static readonly S s; static void Main() { s.X = 1; } }
