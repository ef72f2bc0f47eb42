abstract record Shape { public abstract double Area { get; } }
sealed record Circle(double R) : Shape { public override double Area => 3 * R * R; }
record Rect(double W, double H) : Shape { public override double Area => W * H; public Rect(double s) : this(s, s) { } }
class P { static double F(Shape s) => s switch { Circle { R: > 1 } c => c.Area, Circle => 0, Rect(var w, var h) when w == h => w, Rect r => r.Area, _ => throw new ArgumentException() }; static void Main() { Console.WriteLine(F(new Rect(2)) + F(new Circle(2))); } }
