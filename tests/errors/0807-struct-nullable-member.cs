struct S { public int X; }
class P { static void Main() { S? s = new S(); Console.WriteLine(s.X); } }
