// An auto-reset event and a pooled operation over sources, stale tokens, two overlapping operations, ToString as a consumption.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var ev = new Auto();
for (int i = 0; i < 3; i++)
{
    var v = ev.WaitAsync();
    Console.Write(v.IsCompleted + " ");
    ev.Set(i);
    Console.WriteLine(await v);
}

var a = ev.WaitAsync();
ev.Set(7);
Console.WriteLine(a.ToString());
try
{
    await a; // misuse: double-await
}
catch (InvalidOperationException e)
{
    Console.WriteLine(e.Message);
}

var op = new Pool();
var t1 = op.Run(1);
var t2 = op.Run(2);
Console.WriteLine(await t1 + await t2 + " created " + Pool.Op.Created);
var t3 = op.Run(3);
Console.WriteLine(await t3 + " created " + Pool.Op.Created);
try
{
    Console.WriteLine(t3.IsCompleted); // misuse: stale-token
}
catch (InvalidOperationException e)
{
    Console.WriteLine(e.GetType().Name);
}

try
{
    _ = t3.Result; // misuse: double-await
}
catch (InvalidOperationException)
{
    Console.WriteLine("stale");
}

object boxed = op.Run(4);
Console.WriteLine(boxed.Equals(boxed) + " " + await (ValueTask<int>)boxed);
var p = op.Run(5).Preserve();
Console.WriteLine(await p + await p);
Task<int> at = op.Run(6).AsTask();
Console.WriteLine(await at + await at);
static async Task<int> Use(ValueTask<int> v) => await v * 10;
Console.WriteLine(await Use(op.Run(7)));
class Auto : IValueTaskSource<int>
{
    ManualResetValueTaskSourceCore<int> c;
    public ValueTask<int> WaitAsync() => new(this, c.Version);
    public void Set(int v) => c.SetResult(v);
    public int GetResult(short t)
    {
        try
        {
            return c.GetResult(t);
        }
        finally
        {
            c.Reset();
        }
    }

    public ValueTaskSourceStatus GetStatus(short t) => c.GetStatus(t);
    public void OnCompleted(Action<object?> a, object? s, short t, ValueTaskSourceOnCompletedFlags f) => c.OnCompleted(a, s, t, f);
}

class Pool
{
    readonly Stack<Op> free = new();
    public ValueTask<int> Run(int v)
    {
        var o = free.TryPop(out var x) ? x : new Op(this);
        o.C.SetResult(v);
        return new(o, o.C.Version);
    }

    public class Op(Pool p) : IValueTaskSource<int>
    {
        public static int Created;
        public ManualResetValueTaskSourceCore<int> C;
        readonly int id = ++Created;
        public int GetResult(short t)
        {
            int r = C.GetResult(t);
            C.Reset();
            p.free.Push(this);
            return r;
        }

        public ValueTaskSourceStatus GetStatus(short t) => C.GetStatus(t);
        public void OnCompleted(Action<object?> a, object? s, short t, ValueTaskSourceOnCompletedFlags f) => C.OnCompleted(a, s, t, f);
    }
}
