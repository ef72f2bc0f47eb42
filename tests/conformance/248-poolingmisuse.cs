// The pooling builder: results, exceptions, ToString as consumption, second await, sync completion, void form.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

var g = new TaskCompletionSource<int>();
var v = P.A(g.Task);
Console.WriteLine(v.IsCompleted);
g.SetResult(5);
Console.WriteLine($"{v.IsCompletedSuccessfully} {v}");
try
{
    await v; // misuse: double-await
}
catch (InvalidOperationException e)
{
    Console.WriteLine(e.Message);
}

Console.WriteLine(await P.A(Task.FromResult(2)));
try
{
    await P.F();
}
catch (FormatException e)
{
    Console.WriteLine(e.Message);
}

var f = P.F2();
try
{
    await f;
}
catch (FormatException e)
{
    Console.WriteLine("suspended " + e.Message);
}

try
{
    _ = f.IsFaulted; // misuse: stale-token
}
catch (InvalidOperationException)
{
    Console.WriteLine("gone");
}

var c = P.C();
Console.WriteLine(c.IsCanceled);
try
{
    await c;
}
catch (OperationCanceledException e)
{
    Console.WriteLine(e.Message);
}

await P.V();
var t = P.A(Task.Run(() => 9)).AsTask();
Console.WriteLine(await t + await t);
var pend = P.A(new TaskCompletionSource<int>().Task);
try
{
    _ = pend.Result; // misuse: get-result-before-completion
}
catch (InvalidOperationException)
{
    Console.WriteLine("not ready");
}

Console.WriteLine(await P.Deep(5));
var lam =
[AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
async ValueTask<int> (int x) =>
{
    await Task.Yield();
    return x + 1;
};
Console.WriteLine(await lam(4));
var l = new List<ValueTask<int>>();
for (int i = 0; i < 4; i++)
    l.Add(P.Deep(i));
int s = 0;
foreach (var x in l)
    s += await x;
Console.WriteLine(s);
static class P
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<int> A(Task<int> t) => await t * 10;
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<int> F()
    {
        await Task.CompletedTask;
        throw new FormatException("sync");
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<int> F2()
    {
        await Task.Yield();
        throw new FormatException("async");
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public static async ValueTask C()
    {
        await Task.CompletedTask;
        throw new OperationCanceledException("oc");
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public static async ValueTask V()
    {
        await Task.Yield();
        Console.WriteLine("void form");
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<int> Deep(int n)
    {
        if (n == 0)
            return 0;
        await Task.Yield();
        return n + await Deep(n - 1);
    }
}
