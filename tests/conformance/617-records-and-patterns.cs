// Records, patterns of all kinds, LINQ and formats next to awaits.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

var shapes = new Shape[] { new Circle(2), new Square(3), new Group("g", new Circle(1), new Square(1)), new Square(3) with { Side = 4 } };
foreach (Shape s in shapes) Console.WriteLine($"{s} area {Area(s):F2} {Describe(s)}");
Console.WriteLine(shapes[1] == new Square(3));
Console.WriteLine(shapes.OfType<Square>().Sum(s => s.Side));
Console.WriteLine(string.Join(" ", shapes.Select(s => s.GetType().Name).Distinct().OrderBy(n => n)));
var (name, parts) = (Group)shapes[2];
Console.WriteLine($"{name} {parts.Length}");
Console.WriteLine(await Total(shapes));
Console.WriteLine(Grade(95) + Grade(70) + Grade(-1));
Console.WriteLine(First([1, 2, 3]) + First([]) + First([7]));
var counts = new Dictionary<string, int>();
foreach (string w in "a b a c b a".Split(' ')) counts[w] = counts.GetValueOrDefault(w) + 1;
Console.WriteLine(string.Join(",", counts.OrderByDescending(p => p.Value).Select(p => $"{p.Key}={p.Value}")));
Console.WriteLine($"{1234567.891:N2} {0.5:P0} {255:X4} {-7,5}| {"left",-8}| {new DateTime(2024, 5, 6):yyyy/MM/dd} {TimeSpan.FromMinutes(75):hh\\:mm}");

static double Area(Shape s) => s switch
{
    Circle { Radius: var r } => Math.PI * r * r,
    Square(var side) => side * side,
    Group { Parts: { Length: > 0 } parts } => parts.Sum(Area),
    _ => 0,
};

static string Describe(Shape s) => s is Square { Side: > 3 and < 10 } or Group { Name: "g" } ? "special" : "plain";
static string Grade(int n) => n switch { >= 90 => "A", >= 60 and < 90 => "B", < 0 => "?", _ => "C" };
static string First(int[] a) => a switch { [] => "none", [var one] => $"one {one} ", [var f, .. var rest] => $"{f}+{rest.Length} " };
static async Task<double> Total(IEnumerable<Shape> all) { double sum = 0; foreach (Shape s in all) sum += await Task.FromResult(Math.Round(Area(s), 3)); return sum; }

abstract record Shape;
record Circle(double Radius) : Shape;
record Square(double Side) : Shape;
record Group(string Name, params Shape[] Parts) : Shape
{
    public override string ToString() => $"Group {Name}";
}
