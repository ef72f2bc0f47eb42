// A dictionary cache: bytes of construction, hits, misses with growth, tasks kept as values.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

static long Bytes(Action a)
{
    long b = GC.GetAllocatedBytesForCurrentThread();
    a();
    return GC.GetAllocatedBytesForCurrentThread() - b;
}

Bytes(() =>
{
});
P.Run();
P.Out.Clear();
P.Run();
foreach (var s in P.Out)
    Console.WriteLine(s);
static class P
{
    public static List<string> Out = new(64);
    static object? Sink;
    static int T;
    static void Rec(string n, Action a)
    {
        a();
        long b = GC.GetAllocatedBytesForCurrentThread();
        a();
        long d = GC.GetAllocatedBytesForCurrentThread() - b;
        Out.Add(n + " " + d);
    }

    public static void Run()
    {
        Rec("int,string init", () => Sink = new Dictionary<int, string> { [1] = "a", [2] = "b" });
        Rec("string,int", () => Sink = new Dictionary<string, int> { ["a"] = 1 });
        Rec("string ignorecase", () => Sink = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["a"] = 1 });
        Rec("int,int", () => Sink = new Dictionary<int, int> { { 1, 1 }, { 2, 2 } });
        Rec("int,bool", () => Sink = new Dictionary<int, bool> { { 1, true } });
        Rec("int,long", () => Sink = new Dictionary<int, long> { { 1, 1 } });
        Rec("long,string", () => Sink = new Dictionary<long, string> { { 1, "" } });
        Rec("guid,string", () => Sink = new Dictionary<Guid, string> { { Guid.Empty, "" } });
        Rec("tuple key", () => Sink = new Dictionary<(int, int), string> { { (1, 2), "" } });
        Rec("enum key", () => Sink = new Dictionary<DayOfWeek, int> { { DayOfWeek.Friday, 1 } });
        Rec("int,decimal", () => Sink = new Dictionary<int, decimal> { { 1, 1 } });
        Rec("int,task", () => Sink = new Dictionary<int, Task<int>> { { 1, Task.FromResult(100) } });
        var d = new Dictionary<int, string>();
        for (int i = 0; i < 100; i++)
            d[i] = "v";
        Rec("hit", () => T += d[50].Length);
        Rec("tryget", () =>
        {
            if (d.TryGetValue(7, out var v))
                T += v.Length;
        });
        Rec("contains miss", () => T += d.ContainsKey(1000) ? 1 : 0);
        Rec("foreach", () =>
        {
            foreach (var p in d)
                T += p.Key;
        });
        Rec("keys", () =>
        {
            foreach (var p in d.Keys)
                T += p;
        });
        Rec("remove add", () =>
        {
            d.Remove(5);
            d[5] = "x";
        });
        Rec("clear", () =>
        {
            var e = new Dictionary<int, int>(4);
            e[1] = 1;
            e.Clear();
            Sink = e;
        });
        Rec("copy", () => Sink = new Dictionary<int, string>(d));
        Rec("todictionary", () => Sink = P.Arr.ToDictionary(P.F));
        Rec("getvalueordefault", () => T += d.GetValueOrDefault(3)!.Length);
        foreach (int n in new[]
        {
            3,
            4,
            7,
            8,
            17,
            18,
            37,
            38
        }

        )
            Rec("grow " + n, () =>
            {
                var e = new Dictionary<int, string>();
                for (int i = 0; i < n; i++)
                    e.Add(i, "");
                Sink = e;
            });
        foreach (int n in new[]
        {
            1,
            3,
            4,
            8,
            10,
            20,
            50,
            100
        }

        )
            Rec("cap " + n, () => Sink = new Dictionary<string, string>(n));
    }

    static int[] Arr =
    {
        1,
        2,
        3
    };
    static Func<int, int> F = x => x;
}
