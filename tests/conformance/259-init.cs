// Object, collection and dictionary initialisers, nested ones, anonymous types, target-typed new, collection expressions with spreads.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var o = new Order
{
    Id = 1,
    Lines =
    {
        new()
        {
            Sku = "a",
            Qty = 2
        },
        new()
        {
            Sku = "b"
        }
    },
    Tags =
    {
        ["k"] = "v",
        ["x"] = "y"
    },
    Addr =
    {
        City = "Oslo"
    },
    Grid = new[]
    {
        new[]
        {
            1,
            2
        },
        new[]
        {
            3
        }
    }
};
Console.WriteLine($"{o.Id} {o.Lines.Count} {o.Lines[0].Sku}{o.Lines[0].Qty} {o.Lines[1].Qty} {string.Join(",", o.Tags)} {o.Addr.City} {o.Grid[1][0]}");
List<int> a = [1, 2, 3];
int[] b = [0, ..a, ..new[]
{
    4,
    5
}, 6];
Console.WriteLine(string.Join("", b));
List<string> s = [..a.Select(i => "s" + i), "end"];
Console.WriteLine(string.Join(",", s));
IEnumerable<int> e = [7, 8];
Console.WriteLine(e.Sum());
HashSet<int> h = [1, 1, 2];
Console.WriteLine(h.Count);
int[][] j = [[1], [2, 3], []];
Console.WriteLine(j.Sum(x => x.Length));
Console.WriteLine(Sum([1, 2, 3]) + Sum([]));
static int Sum(int[] xs) => xs.Sum();
IReadOnlyList<int> rl = [5];
Console.WriteLine(rl[0] + rl.Count);
var an = new
{
    A = 1,
    B = "x",
    o.Id,
    Inner = new
    {
        C = 2.5
    }
};
Console.WriteLine(an + " " + an.Inner.C + an.Equals(new { A = 1, B = "x", Id = 1, Inner = new { C = 2.5 } }));
Dictionary<string, List<int>> d = new()
{
    {
        "p",
        new()
        {
            1,
            2
        }
    },
    {
        "q",
        []
    }
};
Console.WriteLine(d["p"].Count + d["q"].Count);
(int x, string y) t = new(1, "t");
Console.WriteLine(t);
Order? n = new()
{
    Id = 5
};
Console.WriteLine(n.Id + (n?.Lines?.Count ?? -1));
var arr = new[]
{
    null,
    "a"
};
Console.WriteLine(arr.Length);
var mixed = new object[]
{
    1,
    'c',
    "s",
    null!,
    2.5
};
Console.WriteLine(string.Join("|", mixed));
string? [] m2 =
{
    "q",
    null
};
Console.WriteLine(m2[1] ?? "null!");
var nested = new List<(string, int[])>
{
    ("z", [1, 2]),
    ("w", new int[3])
};
foreach (var(name, xs)in nested)
    Console.Write(name + xs.Length);
Console.WriteLine();
Point p = new(1)
{
    Y = 4
};
Console.WriteLine(p.X + p.Y);
Console.WriteLine(new Bag { 1, "two", 3.0 }.Text);
Index i1 = ^2;
Range r1 = 1..^1;
Console.WriteLine(" " + r1 + i1 + b[..2].Length + b[^3..].Length + "hello"[1..3] + (2..).Start + Range.All);
class Line
{
    public string Sku { get; set; } = "";
    public int Qty { get; init; } = 1;
}

class Addr
{
    public string City = "";
}

class Order
{
    public int Id { get; set; }
    public List<Line> Lines { get; } = new();
    public Dictionary<string, string> Tags { get; } = new();
    public Addr Addr { get; } = new();

    public int[][] Grid = Array.Empty<int[]>();
}

struct Point(int x)
{
    public int X = x;
    public int Y { get; set; }
}

class Bag : System.Collections.IEnumerable
{
    public string Text = "";
    public void Add(int i) => Text += "i" + i;
    public void Add(string s) => Text += "s" + s;
    public void Add(double d) => Text += "d" + d;
    public System.Collections.IEnumerator GetEnumerator() => Text.GetEnumerator();
}
