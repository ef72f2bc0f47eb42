// Awaiters taken by hand, custom awaitables, await on everything: extension GetAwaiter, struct awaiters, critical or not.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

Console.WriteLine(await new Delayed(5));
await TimeSpan.FromMilliseconds(1);
Console.WriteLine(await (1, 2));
var aw = Task.FromResult(3).GetAwaiter();
Console.WriteLine(aw.IsCompleted + " " + aw.GetResult());
var y = Task.Yield().GetAwaiter();
Console.WriteLine(y.IsCompleted);
y.GetResult();
var tcs = new TaskCompletionSource<int>();
var a2 = tcs.Task.ConfigureAwait(false).GetAwaiter();
var done = new ManualResetEventSlim();
a2.OnCompleted(() =>
{
    Console.WriteLine("cont " + a2.GetResult());
    done.Set();
});
tcs.SetResult(8);
done.Wait();
var v = new ValueTask<int>(9).GetAwaiter();
Console.WriteLine(v.IsCompleted + " " + v.GetResult());
Console.WriteLine(default(ValueTaskAwaiter<int>).GetResult() + " " + default(ValueTaskAwaiter<string>).IsCompleted);
try
{
    await new Throwing();
}
catch (FormatException e)
{
    Console.WriteLine(e.Message);
}

var lz = new Lazy<Task<int>>(async () =>
{
    await Task.Yield();
    return 6;
});
Console.WriteLine(await lz.Value + await lz);
Func<Task<string>> f = async () =>
{
    await Task.Yield();
    return "f";
};
Console.WriteLine(await f() + await ((Func<ValueTask<int>>)(async () => 4))());
Console.WriteLine(await await Task.FromResult(Task.FromResult(11)));
if (await B(true) && !await B(false))
    Console.WriteLine("logic");
Console.WriteLine((await B(true) ? await Task.FromResult(1) : await Task.FromResult(2)) + (await S("x") ?? "null") + (await S(null) ?? "null") + (await S("abc"))?.Length + $"{await S("i"), 4}|{await Task.FromResult(2.5):F2}");
static async Task<bool> B(bool b)
{
    await Task.Yield();
    return b;
}

static async Task<string?> S(string? s)
{
    await Task.Yield();
    return s;
}

dynamicFree(await Task.WhenAll(B(true), B(false)));
static void dynamicFree(bool[] b) => Console.WriteLine(b.Length + "" + b[0] + b[1]);
class Delayed(int v)
{
    public A GetAwaiter() => new(v);
    public struct A(int v) : INotifyCompletion
    {
        public bool IsCompleted => false;

        public int GetResult() => v * 2;
        public void OnCompleted(Action c)
        {
            Console.Write("[hook]");
            ThreadPool.QueueUserWorkItem(_ => c());
        }
    }
}

class Throwing : INotifyCompletion
{
    public Throwing GetAwaiter() => this;
    public bool IsCompleted => true;

    public void GetResult() => throw new FormatException("from GetResult");
    public void OnCompleted(Action c)
    {
    }
}

static class Ext
{
    public static TaskAwaiter GetAwaiter(this TimeSpan t) => Task.Delay(t).GetAwaiter();
    public static TaskAwaiter<int> GetAwaiter(this (int, int) t) => Task.FromResult(t.Item1 + t.Item2).GetAwaiter();
    public static TaskAwaiter<T> GetAwaiter<T>(this Lazy<Task<T>> l) => l.Value.GetAwaiter();
}
