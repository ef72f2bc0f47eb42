// Library objects: cancellation, timers, semaphores, channels, combinators.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

Measure("cts", () => P.Keep(new CancellationTokenSource()));
Measure("cts timeout", () =>
{
    var c = new CancellationTokenSource(100000);
    P.Keep(c);
});
Measure("register first", () =>
{
    var c = new CancellationTokenSource();
    P.Keep(c);
    c.Token.Register(P.Act);
});
Measure("register two", () =>
{
    var c = new CancellationTokenSource();
    P.Keep(c);
    c.Token.Register(P.Act);
    c.Token.UnsafeRegister(P.ActO, null);
});
Measure("register dispose register", () =>
{
    var c = new CancellationTokenSource();
    P.Keep(c);
    c.Token.Register(P.Act).Dispose();
    c.Token.Register(P.Act).Dispose();
});
Measure("linked1", () =>
{
    var c = new CancellationTokenSource();
    P.Keep(c);
    P.Keep(CancellationTokenSource.CreateLinkedTokenSource(c.Token));
});
Measure("linked2", () =>
{
    var c = new CancellationTokenSource();
    var d = new CancellationTokenSource();
    P.Keep(c);
    P.Keep(CancellationTokenSource.CreateLinkedTokenSource(c.Token, d.Token));
});
Measure("delay", () => P.Keep(Task.Delay(100000)));
Measure("delay ct", () =>
{
    var c = new CancellationTokenSource();
    P.Keep(Task.Delay(100000, c.Token));
});
Measure("delay 0", () => P.Keep(Task.Delay(0)));
Measure("sem", () => P.Keep(new SemaphoreSlim(1)));
var sem = new SemaphoreSlim(1);
Measure("sem free", () =>
{
    sem.WaitAsync();
    sem.Release();
});
var sem0 = new SemaphoreSlim(0);
Measure("sem busy", () => P.Keep(sem0.WaitAsync()));
var ch = Channel.CreateUnbounded<int>();
Measure("write read", () =>
{
    ch.Writer.TryWrite(1);
    ch.Reader.TryRead(out int x);
    P.Total += x;
});
Measure("whenall 2", () => P.Keep(Task.WhenAll(new[] { P.Pending, P.Pending2 })));
Measure("whenall 2 int", () => P.Keep(Task.WhenAll(new[] { P.PendingI, P.PendingI2 })));
Measure("whenall done", () => P.Keep(Task.WhenAll(new[] { Task.CompletedTask, Task.CompletedTask })));
Measure("whenany 2", () => P.Keep(Task.WhenAny(P.Fresh(), P.Fresh())));
Measure("whenany 3", () => P.Keep(Task.WhenAny(new Task[] { P.Fresh(), P.Fresh(), P.Fresh() })));
Measure("whenany done", () => P.Keep(Task.WhenAny(Task.CompletedTask, P.Pending)));
Measure("waitasync timeout", () => P.Keep(P.Fresh().WaitAsync(TimeSpan.FromSeconds(1000))));
Measure("mres", () => P.Keep(new ManualResetEventSlim()));
Measure("lazy", () => P.Keep(new Lazy<int>(P.F)));
Measure("new task", () => P.Keep(new Task(P.Act)));
Measure("new task ct", () =>
{
    var c = new CancellationTokenSource();
    P.Keep(new Task(P.Act, c.Token));
});
Measure("continuewith", () => P.Keep(P.Fresh().ContinueWith(P.ActT)));
Measure("asynclocal", () =>
{
    P.Al.Value++;
});
Measure("timer", () => P.Keep(new Timer(P.Cb, null, 100000, -1)));
Measure("preserve", () => P.Keep(new ValueTask<int>(P.PendingI).Preserve().AsTask()));
static void Measure(string name, Action a)
{
    a();
    a();
    long before = GC.GetAllocatedBytesForCurrentThread();
    a();
    long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
    Console.WriteLine($"{name}: {bytes}");
}

static class P
{
    public static int Total;
    public static object? Sink;
    public static Action Act = () =>
    {
    };
    public static Action<object?> ActO = _ =>
    {
    };
    public static Action<Task> ActT = _ =>
    {
    };
    public static Func<int> F = () => 1;
    public static TimerCallback Cb = _ =>
    {
    };
    public static Task Pending = new TaskCompletionSource().Task, Pending2 = new TaskCompletionSource().Task;
    public static Task<int> PendingI = new TaskCompletionSource<int>().Task, PendingI2 = new TaskCompletionSource<int>().Task;
    public static AsyncLocal<int> Al = new();
    public static Task Fresh()
    {
        var t = new TaskCompletionSource();
        Keep(t);
        return t.Task;
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    public static void Keep(object? o) => Sink = o;
}
