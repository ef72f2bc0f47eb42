// Patterns of every kind, nested, with when clauses and goto case.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

static string K(object? o) => o switch
{
    int i and (> 0 and < 10 or 42) => $"small {i}",
    int => "int",
    long l when l > 5 => "long>5",
    double.NaN => "nan",
    double d and not 0 => $"d{d:F1}",
    0.0 => "zero",
    string { Length: > 3 and var n } s when s[0] == 'h' => $"h-string {n}",
    "" => "empty",
    string s => s,
    char and (>= 'a' and <= 'z') => "lower",
    char c => $"char {(int)c}",
    bool b => b ? "yes" : "no",
    (1, _) => "pair with 1",
    (var a, var b, 3) => $"triple {a}{b}",
    { } and IEnumerable<int> e => "ints " + string.Join("", e),
    Type t => t.Name,
    null => "nil",
    _ => o.GetType().Name
};
foreach (var o in new object? []
{
    5,
    42,
    99,
    6L,
    4L,
    double.NaN,
    2.25,
    0.0,
    "hello",
    "hat",
    "",
    'q',
    'Q',
    true,
    (1, "x"),
    (7, 8, 3),
    (7, 8),
    new[]
    {
        1,
        2
    },
    typeof(int),
    null,
    1m
}

)
    Console.WriteLine(K(o));
static int G(string cmd)
{
    int n = 0;
    switch (cmd)
    {
        case "a":
            n += 1;
            goto case "b";
        case "b":
            n += 10;
            goto default;
        case "c":
            n += 100;
            break;
        default:
            n += 1000;
            break;
    }

    return n;
}

Console.WriteLine($"{G("a")} {G("b")} {G("c")} {G("zz")}");
int[] arr =
{
    1,
    2,
    3,
    4,
    5
};
Console.WriteLine(arr is [1, .., 5] ? "1..5" : "no");
Console.WriteLine(arr is [_, var second, ..var mid, _ ] ? $"{second} {string.Join(",", mid)}" : "no");
Console.WriteLine(arr is [] or [_ ]);
Console.WriteLine("abc" is ['a', .., 'c']);
Console.WriteLine(new List<int> { 1, 2 }is [var p, var q] && p < q);
var pt = new Pt(3, 4);
if (pt is { X: 3, Y: var yy } and not { Y: 5 })
    Console.WriteLine(yy);
if (pt is (> 2, < 5) { X: var x2 } named)
    Console.WriteLine($"{x2} {named}");
var order = new Order(new Cust("Bo", new Addr("Oslo")), 12);
Console.WriteLine(order is { Customer.Address.City: "Oslo", Total: > 10 } ? "oslo" : "other");
object obj = 3;
if (obj is not int k)
    throw new Exception();
Console.WriteLine(k + 1);
int? ni = 5;
Console.WriteLine(ni is { } v ? v : -1);
Console.WriteLine(ni is> 3 and < 6);
ni = null;
Console.WriteLine(ni is null or 0);
string cls = (DateTime.MinValue.Year, ni) switch
{
    (1, null) => "one-null",
    (_, { } z) => "z" + z,
    _ => "?"
};
Console.WriteLine(cls);
Console.WriteLine(Day(DayOfWeek.Saturday) + Day(DayOfWeek.Monday));
static string Day(DayOfWeek d)
{
    switch (d)
    {
        case DayOfWeek.Saturday:
        case DayOfWeek.Sunday:
            return "W";
        case var x when x > DayOfWeek.Wednesday:
            return "late";
        default:
            return "early";
    }
}

try
{
    object u = 1.5f;
    _ = u switch
    {
        int => 1,
        string => 2
    };
}
catch (Exception e)
{
    Console.WriteLine(e.GetType().Name + ": " + e.Message.ReplaceLineEndings("|"));
}

record Pt(int X, int Y);
record Addr(string City);
record Cust(string Name, Addr Address);
record Order(Cust Customer, decimal Total);
