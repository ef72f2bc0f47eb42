interface IShape { double Area(); }
struct Sq : IShape { public double A; public double Area() => A * A; }
class P { static double Total<T>(IEnumerable<T> xs) where T : IShape { double t = 0; foreach (var x in xs) t += x.Area(); return t; } static void Main() { Console.WriteLine(Total(new[] { new Sq { A = 2 } })); } }
