// Pooling builder: box once, then reuse; results of several widths; overlapping calls.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

var g = new Gate();
var g2 = new Gate();
var g3 = new Gate();
Show("int", () =>
{
    var v = K.I(g);
    g.Open();
    P.T += v.Result;
});
Show("int again", () =>
{
    var v = K.I(g);
    g.Open();
    P.T += v.Result;
});
Show("void", () =>
{
    var v = K.V(g);
    g.Open();
    v.GetAwaiter().GetResult();
});
Show("long", () =>
{
    var v = K.L(g);
    g.Open();
    P.T += (int)v.Result;
});
Show("guid", () =>
{
    var v = K.G(g);
    g.Open();
    P.T += v.Result.GetHashCode();
});
Show("sync", () =>
{
    P.T += K.S().Result;
});
Show("two overlapping", () =>
{
    var a = K.I(g);
    var b = K.I(g2);
    g.Open();
    g2.Open();
    P.T += a.Result + b.Result;
});
Show("three overlapping", () =>
{
    var a = K.I(g);
    var b = K.I(g2);
    var c = K.I(g3);
    g.Open();
    g2.Open();
    g3.Open();
    P.T += a.Result + b.Result + c.Result;
});
Show("unpooled", () =>
{
    var v = K.U(g);
    g.Open();
    P.T += v.Result;
});
Show("exception", () =>
{
    var v = K.E(g);
    g.Open();
    try
    {
        P.T += v.Result;
    }
    catch (FormatException)
    {
    }
});
static void Show(string n, Action a)
{
    long b0 = GC.GetAllocatedBytesForCurrentThread();
    a();
    long first = GC.GetAllocatedBytesForCurrentThread() - b0;
    a();
    a();
    long b = GC.GetAllocatedBytesForCurrentThread();
    a();
    long d = GC.GetAllocatedBytesForCurrentThread() - b;
    Console.WriteLine($"{n}: {d} first-more={first > d}");
}

class Gate
{
    public TaskCompletionSource? S;
    public Task Wait() => (S ??= new()).Task;
    public void Open()
    {
        var s = S!;
        S = null;
        s.SetResult();
    }
}

static class P
{
    public static int T;
    public static readonly FormatException Ex = new("f");
}

static class K
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<int> I(Gate g)
    {
        await g.Wait();
        return 1;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public static async ValueTask V(Gate g)
    {
        await g.Wait();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<long> L(Gate g)
    {
        await g.Wait();
        return 1;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<Guid> G(Gate g)
    {
        await g.Wait();
        return default;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<int> S()
    {
        await Task.CompletedTask;
        return 1;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<int> E(Gate g)
    {
        await g.Wait();
        throw P.Ex;
    }

    public static async ValueTask<int> U(Gate g)
    {
        await g.Wait();
        return 1;
    }
}
