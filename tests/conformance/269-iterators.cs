// Iterators: laziness, try/finally, early dispose, nested, recursion, captured parameters, IEnumerator by hand, exceptions.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

IEnumerable<int> Gen()
{
    Console.Write("[start]");
    try
    {
        for (int i = 0; i < 5; i++)
        {
            Console.Write($"<{i}>");
            yield return i;
        }

        Console.Write("[end]");
    }
    finally
    {
        Console.Write("[fin]");
    }
}

var g = Gen();
Console.WriteLine("made");
foreach (int i in g)
{
    if (i == 2)
        break;
}

Console.WriteLine();
Console.WriteLine(g.Sum());
Console.WriteLine(string.Join(",", Gen().Take(2)));
using (var e = Gen().GetEnumerator())
{
    e.MoveNext();
    e.MoveNext();
    Console.Write(e.Current);
}

Console.WriteLine();
IEnumerable<int> Throws()
{
    yield return 1;
    throw new FormatException("it");
}

try
{
    foreach (int i in Throws())
        Console.Write(i);
}
catch (FormatException x)
{
    Console.WriteLine(x.Message);
}

IEnumerable<string> Walk(Tree t, int d = 0)
{
    yield return new string ('.', d) + t.N;
    foreach (var k in t.Kids)
        foreach (var s in Walk(k, d + 1))
            yield return s;
}

Console.WriteLine(string.Join(" ", Walk(new("a", new("b", new Tree("c")), new("d")))));
IEnumerable<int> Multi()
{
    try
    {
        yield return 1;
        try
        {
            yield return 2;
        }
        finally
        {
            Console.Write("{inner}");
        }

        yield return 3;
    }
    finally
    {
        Console.Write("{outer}");
    }

    yield return 4;
    yield break;
}

Console.WriteLine(string.Join("", Multi()));
foreach (var q in Multi())
    if (q == 2)
        break;
Console.WriteLine();
var it = Gen().GetEnumerator();
Console.WriteLine(it.MoveNext() + " " + it.Current);
it.Dispose();
Console.WriteLine(it.MoveNext());
try
{
    it.Reset();
}
catch (NotSupportedException x)
{
    Console.WriteLine(x.Message);
}

IEnumerable<int> Fib()
{
    int a = 0, b = 1;
    while (true)
    {
        yield return a;
        (a, b) = (b, a + b);
    }
}

Console.WriteLine(string.Join(" ", Fib().Skip(5).TakeWhile(x => x < 200).Where(x => x % 2 == 1)));
IEnumerable<T> Rep<T>(T x, int n)
{
    while (n-- > 0)
        yield return x;
}

Console.WriteLine(string.Concat(Rep("ab", 3)) + Rep(1, 0).Any());
IEnumerable<int> Check(int n)
{
    if (n < 0)
        throw new ArgumentException("neg");
    yield return n;
}

var lazy = Check(-1);
Console.WriteLine("no throw yet");
try
{
    lazy.First();
}
catch (ArgumentException x)
{
    Console.WriteLine(x.Message);
}

IEnumerator<int> En()
{
    yield return 7;
    yield return 8;
}

var en = En();
while (en.MoveNext())
    Console.Write(en.Current);
Console.WriteLine();
var two = Gen();
Console.WriteLine(two.Zip(two, (a, b) => a + b).Sum());
int cap = 1;
IEnumerable<int> Cap()
{
    cap++;
    yield return cap;
    cap++;
    yield return cap;
}

foreach (var c in Cap())
    Console.Write(c);
Console.WriteLine(cap);
IEnumerable<Func<int>> Fs()
{
    for (int i = 0; i < 3; i++)
    {
        int j = i;
        yield return () => i * 10 + j;
    }
}

Console.WriteLine(string.Join(",", Fs().ToList().Select(f => f())));
Console.WriteLine(string.Join(",", new Coll { 1, 2, { 3, 4 } }));
foreach (var(k, val)in new Dictionary<string, int>
{
    ["a"] = 1
}

)
    Console.WriteLine(k + val);
foreach (char c in "hi")
    Console.Write(c + "-");
foreach (var x in new Duck())
    Console.Write(x);
Console.WriteLine();
try
{
    var l = new List<int>
    {
        1,
        2,
        3
    };
    foreach (var x in l)
        l.Add(x);
}
catch (InvalidOperationException x)
{
    Console.WriteLine(x.Message);
}

try
{
    var dd = new Dictionary<int, int>
    {
        [1] = 1,
        [2] = 2
    };
    foreach (var x in dd)
        dd.Remove(1);
    Console.WriteLine("remove ok");
    foreach (var x in dd)
        dd[9] = 1;
}
catch (InvalidOperationException x)
{
    Console.WriteLine(x.Message);
}

class Tree(string n, params Tree[] kids)
{
    public string N => n;
    public Tree[] Kids => kids;
}

class Coll : IEnumerable<int>
{
    readonly List<int> l = new();
    public void Add(int a) => l.Add(a);
    public void Add(int a, int b) => l.Add(a * b);
    public IEnumerator<int> GetEnumerator() => l.GetEnumerator();
    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => l.GetEnumerator();
}

struct Duck
{
    int n;
    public Duck GetEnumerator() => this;
    public bool MoveNext() => n++ < 3;
    public int Current => n;
}
