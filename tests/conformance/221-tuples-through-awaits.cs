// Tuples and structs through awaits: deconstruction, swaps, copies, tuple results and equality.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var(q, r) = await DivAsync(17, 5);
Console.WriteLine($"{q} {r}");
(int Min, int Max, double Avg) s = await StatsAsync(3, 1, 2);
Console.WriteLine($"{s.Min} {s.Max} {s.Avg} {s}");
int a = 1, b = 2, c = 3;
(a, b, c) = (await V(b), await V(c), a);
Console.WriteLine($"{a}{b}{c}");
var(x, (y, _), _) = (1, (2, 3), "drop");
Console.WriteLine(x + y);
Money m = new(5, "EUR"), copy = m;
copy = await AddAsync(copy, 7);
Console.WriteLine($"{m} {copy} {m.Equals(new Money(5, "EUR"))}");
var p = (1, 2);
var p2 = p;
p2.Item1 = 9;
Console.WriteLine($"{p} {p2} {p == (1, 2)} {p != p2} {p.CompareTo(p2)} {p.GetHashCode() == (1, 2).GetHashCode()}");
(string Name, int? Age) n = ("x", null);
Console.WriteLine(n + " " + (n == ("x", null)) + " " + n.Name.Length);
var big = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
Console.WriteLine(big + " " + big.Item9 + " " + big.Rest.Item1 + " " + ((System.Runtime.CompilerServices.ITuple)big).Length);
var dict = new Dictionary<(int, string), Task<int>>
{
    [(1, "a")] = V(3)
};
Console.WriteLine(await dict[(1, "a")]);
m.Deconstruct(out int amt, out var cur);
Console.WriteLine(amt + cur);
foreach (var(k, v)in new[]
{
    (1, 'a'),
    (2, 'b')
}

)
    Console.Write($"{k}{v} ");
Console.WriteLine();
static async Task<(int, int)> DivAsync(int a, int b)
{
    await Task.Yield();
    return (a / b, a % b);
}

static async ValueTask<(int Min, int Max, double Avg)> StatsAsync(params int[] xs)
{
    await Task.Yield();
    return (xs.Min(), xs.Max(), xs.Average());
}

static async Task<int> V(int n)
{
    await Task.Yield();
    return n;
}

static async Task<Money> AddAsync(Money m, int d)
{
    await Task.Yield();
    m.Amount += d;
    return m;
}

struct Money(int amount, string currency)
{
    public int Amount = amount;
    public string Currency = currency;
    public override string ToString() => $"{Amount} {Currency}";
    public void Deconstruct(out int a, out string c)
    {
        a = Amount;
        c = Currency;
    }
}
