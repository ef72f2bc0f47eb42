// OperationCanceledException thrown in async methods: Canceled or Faulted, whose token, what await rethrows.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

async Task Oce(CancellationToken ct)
{
    await Task.CompletedTask;
    throw new OperationCanceledException("mine", ct);
}

async Task Plain()
{
    await Task.CompletedTask;
    throw new OperationCanceledException();
}

async Task<int> Tce()
{
    await Task.CompletedTask;
    throw new TaskCanceledException("tce");
}

async ValueTask VtOce()
{
    await Task.Yield();
    throw new OperationCanceledException("vt");
}

Console.WriteLine($"{Oce(default).Status} {Plain().Status} {Tce().Status} {Task.Run(() => throw new OperationCanceledException()).ContinueWith(t => t.Status).Result}"); // misuse: sync-over-async
Console.WriteLine(Task.Run(Act).ContinueWith(t => t.Status).Result); // misuse: sync-over-async
static void Act() => throw new OperationCanceledException("act");
foreach (var f in new Func<Task>[]
{
    () => Oce(new CancellationToken(true)),
    Plain,
    Tce,
    () => VtOce().AsTask()
}

)
{
    Task t = f();
    try
    {
        await t;
    }
    catch (OperationCanceledException e)
    {
        Console.WriteLine($"await: {e.GetType().Name} {e.Message} {e.CancellationToken.IsCancellationRequested} faulted={t.IsFaulted} exc={t.Exception is null}");
    }

    try
    {
        t.Wait();
    }
    catch (AggregateException e)
    {
        Console.WriteLine($"wait: {e.Message} {e.InnerException!.GetType().Name} {((TaskCanceledException)e.InnerException).Task == t}");
    }

    try
    {
        t.GetAwaiter().GetResult();
    }
    catch (Exception e)
    {
        Console.WriteLine($"get: {e.Message}");
    }
}

var cts = new CancellationTokenSource();
var tr = Task.Run(() =>
{
    cts.Cancel();
    cts.Token.ThrowIfCancellationRequested();
}, cts.Token);
try
{
    await tr;
}
catch (OperationCanceledException e)
{
    Console.WriteLine(tr.Status + " " + e.Message + " " + (e.CancellationToken == cts.Token) + e.GetType().Name);
}

var other = new CancellationTokenSource();
other.Cancel();
var tr2 = Task.Run(() =>
{
    other.Token.ThrowIfCancellationRequested();
}, new CancellationTokenSource().Token);
try
{
    await tr2;
}
catch (Exception e)
{
    Console.WriteLine(tr2.Status + " " + e.GetType().Name);
}

Console.WriteLine(new OperationCanceledException().Message + new TaskCanceledException().Message + new TaskCanceledException(tr).Task!.Status);
Console.WriteLine(new TaskCanceledException("m", new Exception("i"), new CancellationToken(true)).CancellationToken.IsCancellationRequested);
var already = Task.Run(() => Console.WriteLine("never"), new CancellationToken(true));
Console.WriteLine(already.Status);
var started = Task.Factory.StartNew(() => 1, new CancellationToken(true));
Console.WriteLine(started.Status);
