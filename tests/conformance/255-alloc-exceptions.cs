// Bytes of exceptions: created, thrown and caught, stored in tasks, rethrown through levels.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

Measure("new Exception", () => P.Keep(new Exception("m")));
Measure("new IOE", () => P.Keep(new InvalidOperationException("m")));
Measure("new ANE", () => P.Keep(new ArgumentNullException("m")));
Measure("new AOORE", () => P.Keep(new ArgumentOutOfRangeException("m")));
Measure("new OCE", () => P.Keep(new OperationCanceledException("m")));
Measure("new TCE", () => P.Keep(new TaskCanceledException("m")));
Measure("new ODE", () => P.Keep(new ObjectDisposedException("m")));
Measure("new KNF", () => P.Keep(new KeyNotFoundException("m")));
Measure("new Agg", () => P.Keep(new AggregateException(P.Ex)));
Measure("new Timeout", () => P.Keep(new TimeoutException("m")));
Measure("mine", () => P.Keep(new MyEx(3)));
Measure("throw catch", () =>
{
    try
    {
        throw new InvalidOperationException("m");
    }
    catch (InvalidOperationException)
    {
        P.T++;
    }
});
Measure("throw static", () =>
{
    try
    {
        throw P.Ex;
    }
    catch (Exception)
    {
        P.T++;
    }
});
Measure("sync fault task", () => P.Keep(F()));
Measure("sync fault task int", () => P.Keep(FI()));
Measure("sync fault vt", () =>
{
    var v = FV(); // misuse: not-awaited
    P.T += v.IsFaulted ? 1 : 0;
});
Measure("sync cancel", () => P.Keep(C()));
Measure("tcs exc", () =>
{
    var t = new TaskCompletionSource();
    P.Keep(t);
    t.SetException(P.Ex);
});
Measure("tcs cancel", () =>
{
    var t = new TaskCompletionSource();
    P.Keep(t);
    t.SetCanceled();
});
Measure("null ref", () =>
{
    try
    {
        P.T += P.Null!.Length;
    }
    catch (NullReferenceException)
    {
        P.T++;
    }
});
Measure("div zero", () =>
{
    try
    {
        P.T = 5 / P.Zero;
    }
    catch (DivideByZeroException)
    {
        P.T++;
    }
});
Measure("suspended fault", () =>
{
    var g = new TaskCompletionSource();
    P.Keep(g);
    Task t = S(g.Task);
    g.SetResult();
    P.Keep(t);
});
static async Task F()
{
    throw new InvalidOperationException("boom");
}

static async Task<int> FI()
{
    throw new InvalidOperationException("boom");
}

static async ValueTask<int> FV()
{
    throw new InvalidOperationException("boom");
}

static async Task C()
{
    throw new OperationCanceledException("oce");
}

static async Task S(Task g)
{
    await g;
    throw new InvalidOperationException("boom");
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

class MyEx(int n) : Exception("my")
{
    public int N = n;
}

static class P
{
    public static int T, Zero;
    public static string? Null;
    public static object? Sink;
    public static Exception Ex = new("x");
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    public static void Keep(object? o) => Sink = o;
}
