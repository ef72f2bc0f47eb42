// What survives an await: structs mutated, refs re-read, closures shared, loops, pattern variables, out vars, tuples, nullable, spans of lists.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var c = new Ctr();
await c.Run();
Console.WriteLine(c.N);
static async Task<int> Structs()
{
    var p = new P
    {
        X = 1
    };
    p.X++;
    await Task.Yield();
    p.X++;
    var q = p;
    await Task.Yield();
    q.X += 10;
    return p.X * 100 + q.X;
}

Console.WriteLine(await Structs());
static async Task<string> Vars(object o)
{
    if (o is string { Length: > 1 } s && int.TryParse(s, out int n))
    {
        await Task.Yield();
        return s + (n + 1);
    }

    if (o is (int a, int b))
    {
        await Task.Yield();
        return $"{a + b}";
    }

    await Task.Yield();
    return o switch
    {
        int i => await Task.FromResult("i" + i),
        _ => "?"
    };
}

Console.WriteLine(await Vars("41") + " " + await Vars((1, 2)) + " " + await Vars(5) + " " + await Vars('c'));
static async Task<int> Clos()
{
    int x = 1;
    Action inc = () => x++;
    inc();
    await Task.Yield();
    inc();
    int y = x;
    {
        int z = 10;
        Func<int> f = () => z + x;
        await Task.Yield();
        x = 100;
        y += f();
    }

    return y;
}

Console.WriteLine(await Clos());
static async Task<string> Arr()
{
    int[] a =
    {
        1,
        2,
        3
    };
    int i = 0;
    a[i++] = await Get(5);
    a[i] += await Get(10);
    a[await Get(2)] *= await Get(i + 3);
    return string.Join(",", a) + i;
}

static async Task<int> Get(int n)
{
    await Task.Yield();
    return n;
}

Console.WriteLine(await Arr());
static async Task<string> Order()
{
    var l = new List<string>();
    string A(string s)
    {
        l.Add(s);
        return s;
    }

    string r = A("1") + await G("2", l) + A("3") + (A("4"), await G("5", l), A("6"));
    return r + "|" + string.Join("", l);
}

static async Task<string> G(string s, List<string> l)
{
    l.Add(s);
    await Task.Yield();
    l.Add(s + "'");
    return s;
}

Console.WriteLine(await Order());
static async Task<int> Nullables(int? n)
{
    int? m = n;
    await Task.Yield();
    m += 1;
    await Task.Yield();
    return m ?? -1;
}

Console.WriteLine(await Nullables(4) + " " + await Nullables(null));
static async Task<(int, string)> Tup()
{
    var t = (A: 1, B: "x");
    await Task.Yield();
    t.A += 5;
    t.B += "y";
    await Task.Yield();
    var(a, b) = t;
    return (a, b);
}

Console.WriteLine(await Tup());
static async Task<int> Params(int a, string b, params int[] rest)
{
    a += 1;
    await Task.Yield();
    b += "!";
    await Task.Yield();
    return a + b.Length + rest.Length;
}

Console.WriteLine(await Params(1, "ab", 1, 2, 3));
static async Task<long> Fact(int n) => n <= 1 ? 1 : n * await Fact(n - 1);
Console.WriteLine(await Fact(12));
var st = new S
{
    V = 1
};
var t1 = st.Mutate();
Console.WriteLine(await t1 + " " + st.V);
static async Task<string> Using()
{
    await using var d = new Dd();
    using var e = new Dd();
    await Task.Yield();
    return "u";
}

Console.WriteLine(await Using());
decimal dec = 1.5m;
Guid g = Guid.Empty;
DateTime dt = new(2000, 1, 1);
await Task.Yield();
Console.WriteLine($"{dec} {g == Guid.Empty} {dt:d}");
static async Task<T> Id<T>(T v)
    where T : notnull
{
    await Task.Yield();
    return v;
}

Console.WriteLine(await Id(3) + await Id("s") + (await Id(new P { X = 4 })).X);
foreach (var(k, v)in new Dictionary<int, string>
{
    [1] = "a",
    [2] = "b"
}

)
{
    await Task.Yield();
    Console.Write(k + v);
}

Console.WriteLine();
string? maybe = null;
maybe ??= await Id("lazy");
Console.WriteLine(maybe);
bool both = await Id(false) && await Id(true) || await Id(true);
Console.WriteLine(both);
Console.WriteLine(await Id(1) + await Id(2) * await Id(3) - (await Id(4) > 3 ? await Id(5) : 0));
var obj = new Ctr
{
    N = await Id(8)
};
Console.WriteLine(obj.N += await Id(1));
checked
{
    try
    {
        int big = int.MaxValue;
        big += await Id(1);
    }
    catch (OverflowException)
    {
        Console.WriteLine("ovf");
    }
}

class Ctr
{
    public int N;
    public async Task Run()
    {
        for (int i = 0; i < 3; i++)
        {
            N += i;
            await Task.Yield();
            this.N++;
        }
    }
}

struct P
{
    public int X;
}

struct S
{
    public int V;
    public async Task<int> Mutate()
    {
        V++;
        await Task.Yield();
        V++;
        return V;
    }
}

class Dd : IDisposable, IAsyncDisposable
{
    public void Dispose() => Console.Write("D ");
    public ValueTask DisposeAsync()
    {
        Console.Write("DA ");
        return default;
    }
}
