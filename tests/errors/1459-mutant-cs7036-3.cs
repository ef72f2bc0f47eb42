readonly record struct Pt(int X, int Y) { public static Pt operator +(Pt a, Pt b) => new(a.X + b.X, a.Y + b.Y); }
record struct Mut(int X) { public int Y { get; set; } = 2; }
class P { static void Main() { Console.WriteLine(new Pt(1, 2) + new Pt(3)); var m = new Mut(1); m.X = 5; m.Y++; Console.WriteLine(m); } }
