// When capturing an exception copies its stack trace.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

static void M(string name, Action a)
{
    a();
    a();
    long before = GC.GetAllocatedBytesForCurrentThread();
    a();
    long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
    Console.WriteLine($"{name}: {bytes}");
}

var never = new Exception("n");
var once = new Exception("o");
var fresh = new Exception("f");
try
{
    throw once;
}
catch
{
}

M("capture never thrown", () => P.S = ExceptionDispatchInfo.Capture(never));
M("capture thrown once", () => P.S = ExceptionDispatchInfo.Capture(once));
M("throw fresh, capture inside", () =>
{
    try
    {
        throw new Exception("f");
    }
    catch (Exception e)
    {
        P.S = ExceptionDispatchInfo.Capture(e);
    }
});
M("throw fresh, capture outside", () =>
{
    Exception k;
    try
    {
        throw new Exception("f");
    }
    catch (Exception e)
    {
        k = e;
    }

    P.S = ExceptionDispatchInfo.Capture(k);
});
M("throw fresh, capture twice", () =>
{
    try
    {
        throw new Exception("f");
    }
    catch (Exception e)
    {
        P.S = ExceptionDispatchInfo.Capture(e);
        P.S = ExceptionDispatchInfo.Capture(e);
    }
});
M("throw static capture in", () =>
{
    try
    {
        throw P.Ex;
    }
    catch (Exception e)
    {
        P.S = ExceptionDispatchInfo.Capture(e);
    }
});
M("fromexception once", () => P.S = Task.FromException(once));
M("three deep fresh, inside", () =>
{
    try
    {
        P.Deep(3);
    }
    catch (Exception e)
    {
        P.S = ExceptionDispatchInfo.Capture(e);
    }
});
M("three deep fresh, outside", () =>
{
    try
    {
        P.Deep(3);
    }
    catch (Exception e)
    {
        P.S = e;
    }

    P.S = ExceptionDispatchInfo.Capture((Exception)P.S!);
});
var deep = new Exception();
try
{
    P.DeepT(3, deep);
}
catch
{
}

M("three deep static", () => P.S = ExceptionDispatchInfo.Capture(deep));
M("two deep fresh, inside", () =>
{
    try
    {
        P.Deep(2);
    }
    catch (Exception e)
    {
        P.S = ExceptionDispatchInfo.Capture(e);
    }
});
M("two deep no capture", () =>
{
    try
    {
        P.Deep(2);
    }
    catch (Exception e)
    {
        P.S = e;
    }
});
M("one deep no capture", () =>
{
    try
    {
        P.Deep(1);
    }
    catch (Exception e)
    {
        P.S = e;
    }
});
M("one deep capture", () =>
{
    try
    {
        P.Deep(1);
    }
    catch (Exception e)
    {
        P.S = ExceptionDispatchInfo.Capture(e);
    }
});
static class P
{
    public static object? S;
    public static Exception Ex = new("x");
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    public static void Deep(int n)
    {
        if (n > 0)
            Deep(n - 1);
        else
            throw new Exception("d");
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    public static void DeepT(int n, Exception e)
    {
        if (n > 0)
            DeepT(n - 1, e);
        else
            throw e;
    }
}
