// Bytes of rethrowing a stored exception, fresh and static.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
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

M("task static", () =>
{
    try
    {
        P.T(P.Ex).GetAwaiter().GetResult();
    }
    catch (Exception)
    {
    }
});
M("task fresh", () =>
{
    try
    {
        P.T(new Exception("x")).GetAwaiter().GetResult();
    }
    catch (Exception)
    {
    }
});
M("vt static", () =>
{
    try
    {
        P.V(P.Ex).GetAwaiter().GetResult();
    }
    catch (Exception)
    {
    }
});
M("vt fresh", () =>
{
    try
    {
        P.V(new Exception("x")).GetAwaiter().GetResult();
    }
    catch (Exception)
    {
    }
});
M("pooled sync static", () =>
{
    try
    {
        P.Po(P.Ex).GetAwaiter().GetResult();
    }
    catch (Exception)
    {
    }
});
M("pooled sync fresh", () =>
{
    try
    {
        P.Po(new Exception("x")).GetAwaiter().GetResult();
    }
    catch (Exception)
    {
    }
});
M("edi static", () =>
{
    try
    {
        throw P.Ex;
    }
    catch (Exception e)
    {
        try
        {
            ExceptionDispatchInfo.Capture(e).Throw();
        }
        catch
        {
        }
    }
});
M("edi never thrown", () =>
{
    try
    {
        ExceptionDispatchInfo.Capture(new Exception()).Throw();
    }
    catch
    {
    }
});
M("fromexc fresh", () =>
{
    try
    {
        Task.FromException(new Exception()).GetAwaiter().GetResult();
    }
    catch
    {
    }
});
var done = Task.FromException(new Exception("stored"));
M("same faulted task again", () =>
{
    try
    {
        done.GetAwaiter().GetResult();
    }
    catch
    {
    }
});
var done2 = P.T(new Exception("stored"));
M("same faulted async task again", () =>
{
    try
    {
        done2.GetAwaiter().GetResult();
    }
    catch
    {
    }
});
M("wait again", () =>
{
    try
    {
        done2.Wait();
    }
    catch
    {
    }
});
M("rethrow", () =>
{
    try
    {
        try
        {
            throw new Exception();
        }
        catch
        {
            throw;
        }
    }
    catch
    {
    }
});
M("throw ex", () =>
{
    try
    {
        try
        {
            throw new Exception();
        }
        catch (Exception e)
        {
            throw e;
        }
    }
    catch
    {
    }
});
M("wrap", () =>
{
    try
    {
        try
        {
            throw new Exception();
        }
        catch (Exception e)
        {
            throw new Exception("o", e);
        }
    }
    catch
    {
    }
});
M("finally", () =>
{
    try
    {
        try
        {
            throw new Exception();
        }
        finally
        {
            P.N++;
        }
    }
    catch
    {
    }
});
M("filter", () =>
{
    try
    {
        throw new Exception();
    }
    catch (Exception)when (P.N > 0)
    {
    }
});
M("static nested", () =>
{
    try
    {
        P.Deep(2, P.Ex);
    }
    catch
    {
    }
});
M("static nested capture", () =>
{
    try
    {
        P.Deep(2, P.Ex);
    }
    catch (Exception e)
    {
        P.S = ExceptionDispatchInfo.Capture(e);
    }
});
static class P
{
    public static object? S;
    public static int N = 1;
    public static Exception Ex = new("x");
    public static async Task T(Exception e)
    {
        throw e;
    }

    public static async ValueTask<int> V(Exception e)
    {
        throw e;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<int> Po(Exception e)
    {
        throw e;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Deep(int n, Exception e)
    {
        if (n > 0)
            Deep(n - 1, e);
        else
            throw e;
    }
}
