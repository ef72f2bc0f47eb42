struct S { public int X; }
class P { static S G() => default; static void Main() { G().X = 1; } }
