struct S { public int X, Y; }
class P { static void Main() { S s; s.X = 1; Console.WriteLine(s.Y); } }
