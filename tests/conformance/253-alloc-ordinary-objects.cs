// Sizes of closures, delegates, iterators, boxes, interpolated strings, collections as they grow.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

Measure("iterator", () => P.Keep(It(3)));
Measure("iterator enum", () =>
{
    int s = 0;
    foreach (int i in It(3))
        s += i;
    P.Total += s;
});
Measure("iterator 2 params", () => P.Keep(It2("a", 3L)));
Measure("box int", () => P.Keep(P.Total));
Measure("box bool", () => P.Keep(P.Total > 0));
Measure("box long", () => P.Keep(5L));
Measure("box guid", () => P.Keep(Guid.Empty));
Measure("box decimal", () => P.Keep(1m));
Measure("box tuple", () => P.Keep((1, "a", 2L)));
Measure("box nullable", () =>
{
    int? n = P.Total;
    P.Keep(n);
});
Measure("box null nullable", () =>
{
    int? n = null;
    P.Keep(n);
});
Measure("box enum", () => P.Keep(DayOfWeek.Monday));
Measure("box vt", () => P.Keep(default(ValueTask<int>)));
Measure("box kvp", () => P.Keep(new KeyValuePair<int, string>(1, "")));
Measure("interp", () => P.Keep($"a{P.Total % 1}b"));
Measure("interp str", () => P.Keep($"{P.Text}-{P.Text}"));
Measure("concat", () => P.Keep(P.Text + P.Text + "x"));
Measure("concat int", () => P.Keep(P.Text + (P.Total % 1)));
Measure("tostring", () => P.Keep((P.Total % 1 + 1234567).ToString()));
Measure("tostring small", () => P.Keep((P.Total % 1 + 7).ToString()));
Measure("substring", () => P.Keep(P.Text.Substring(1)));
Measure("substring all", () => P.Keep(P.Text.Substring(0)));
Measure("join", () => P.Keep(string.Join(",", P.Arr)));
Measure("upper", () => P.Keep(P.Text.ToUpperInvariant()));
Measure("lower same", () => P.Keep(P.Text.ToLowerInvariant()));
Measure("array0", () => P.Keep(new int[0]));
Measure("array3", () => P.Keep(new int[3]));
Measure("byte5", () => P.Keep(new byte[5]));
Measure("ref2", () => P.Keep(new string[2]));
Measure("jag", () => P.Keep(new int[2][]));
Measure("tuples", () => P.Keep(new (int, string)[3]));
Measure("empty", () => P.Keep(Array.Empty<int>()));
Measure("guids", () => P.Keep(new Guid[2]));
Measure("bools", () => P.Keep(new bool[9]));
Measure("collexpr", () =>
{
    int[] a = [1, 2, P.Total];
    P.Keep(a);
});
Measure("collexpr list", () =>
{
    List<int> a = [1, 2, 3];
    P.Keep(a);
});
Measure("collexpr empty", () =>
{
    int[] a = [];
    P.Keep(a);
});
foreach (int n in new[]
{
    0,
    1,
    4,
    5,
    9,
    17
}

)
{
    Measure("list " + n, () =>
    {
        var l = new List<int>();
        for (int i = 0; i < n; i++)
            l.Add(i);
        P.Keep(l);
    });
    Measure("dict " + n, () =>
    {
        var l = new Dictionary<int, string>();
        for (int i = 0; i < n; i++)
            l[i] = "";
        P.Keep(l);
    });
    Measure("hashset " + n, () =>
    {
        var l = new HashSet<int>();
        for (int i = 0; i < n; i++)
            l.Add(i);
        P.Keep(l);
    });
    Measure("queue " + n, () =>
    {
        var l = new Queue<string>();
        for (int i = 0; i < n; i++)
            l.Enqueue("");
        P.Keep(l);
    });
    Measure("stack " + n, () =>
    {
        var l = new Stack<long>();
        for (int i = 0; i < n; i++)
            l.Push(i);
        P.Keep(l);
    });
    Measure("linked " + n, () =>
    {
        var l = new LinkedList<int>();
        for (int i = 0; i < n; i++)
            l.AddLast(i);
        P.Keep(l);
    });
    Measure("pq " + n, () =>
    {
        var l = new PriorityQueue<int, int>();
        for (int i = 0; i < n; i++)
            l.Enqueue(i, i);
        P.Keep(l);
    });
}

Measure("list cap", () => P.Keep(new List<int>(10)));
Measure("dict cap", () => P.Keep(new Dictionary<string, int>(10)));
Measure("set cap", () => P.Keep(new HashSet<string>(5)));
Measure("list copy", () => P.Keep(new List<int>(P.Arr)));
Measure("toarray", () => P.Keep(P.L.ToArray()));
Measure("tolist", () => P.Keep(P.Arr.ToList()));
Measure("foreach list", () =>
{
    foreach (int i in P.L)
        P.Total += i;
});
Measure("foreach ienum", () =>
{
    foreach (int i in (IEnumerable<int>)P.L)
        P.Total += i;
});
Measure("foreach dict", () =>
{
    foreach (var p in P.D)
        P.Total += p.Key;
});
Measure("record", () => P.Keep(new R(1, "a")));
Measure("with", () => P.Keep(P.Rec with { A = 2 }));
Measure("anon", () => P.Keep(new { A = 1, B = 2L, C = "" }));
Measure("class empty", () => P.Keep(new C0()));
Measure("class bytes", () => P.Keep(new C1()));
Measure("derived", () => P.Keep(new C2()));
Measure("holder", () => P.Keep(new C3()));
Measure("delegate", () => P.Keep((Action)P.Rec.M));
Measure("multicast", () => P.Keep(P.Act + P.Act));
Measure("three", () => P.Keep(P.Act + P.Act + P.Act));
Measure("sb", () => P.Keep(new System.Text.StringBuilder()));
Measure("sb append", () => P.Keep(new System.Text.StringBuilder().Append("abcdefghijklmnopqrst").ToString()));
static IEnumerable<int> It(int n)
{
    for (int i = 0; i < n; i++)
        yield return i;
}

static IEnumerable<string> It2(string s, long n)
{
    for (long i = 0; i < n; i++)
        yield return s;
}

static void Measure(string name, Action a)
{
    a();
    a();
    long before = GC.GetAllocatedBytesForCurrentThread();
    a();
    long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
    Console.WriteLine($"{name}: {bytes}");
}

record R(int A, string B)
{
    public void M()
    {
    }
}

class C0
{
}

class C1
{
    byte a, b;
    short c;
    bool d;
}

class C2 : C1
{
    long x;
    byte y;
}

class C3
{
    ValueTask<int> v;
    Guid g;
    int? n;
    DateTime d;
}

static class P
{
    public static int Total;
    public static object? Sink;
    public static string Text = "abc";
    public static int[] Arr =
    {
        1,
        2,
        3
    };
    public static List<int> L = new()
    {
        1,
        2,
        3
    };
    public static Dictionary<int, int> D = new()
    {
        [1] = 1
    };
    public static Func<int, bool> F = x => x > 1;
    public static Func<int, int> G = x => x;
    public static R Rec = new(1, "");
    public static Action Act = () =>
    {
    };
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    public static void Keep(object? o) => Sink = o;
}
