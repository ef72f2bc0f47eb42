struct S { public int X { get; set; } }
class P { static void Main() { var l = new Dictionary<int, S>(); l[0].X++; } }
