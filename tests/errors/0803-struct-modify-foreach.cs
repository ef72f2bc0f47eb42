struct S { public int X; }
class P { static void Main() { foreach (var s in new S[1]) s.X = 1; } }
