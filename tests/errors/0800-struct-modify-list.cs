struct S { public int X; }
class P { static void Main() { var l = new List<S>(); l[0].X = 1; } }
