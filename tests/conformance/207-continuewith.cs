// ContinueWith under each option and each outcome of the antecedent.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

static Task Done(string kind)
{
    var t = new TaskCompletionSource<int>();
    if (kind == "ok")
        t.SetResult(7);
    else if (kind == "fault")
        t.SetException(new FormatException("ff"));
    else
        t.SetCanceled();
    return t.Task;
}

TaskContinuationOptions[] opts =
{
    TaskContinuationOptions.None,
    TaskContinuationOptions.OnlyOnFaulted,
    TaskContinuationOptions.OnlyOnCanceled,
    TaskContinuationOptions.OnlyOnRanToCompletion,
    TaskContinuationOptions.NotOnFaulted,
    TaskContinuationOptions.NotOnCanceled,
    TaskContinuationOptions.NotOnRanToCompletion
};
foreach (string k in new[]
{
    "ok",
    "fault",
    "cancel"
}

)
    foreach (var o in opts)
    {
        Task c = Done(k).ContinueWith(t => Console.Write($"ran({t.Status}) "), default, o | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            c.Wait();
        }
        catch (AggregateException e)
        {
            Console.Write(e.InnerException!.GetType().Name + ": " + e.InnerException.Message + " ");
        }

        Console.WriteLine($"{k} {o}: {c.Status}");
    }

Task<int> chain = Task.Run(() => 2).ContinueWith(t => t.Result * 3).ContinueWith(t => t.Result + 1);
Console.WriteLine(await chain);
Task<Task<int>> nested = Task.CompletedTask.ContinueWith(async _ =>
{
    await Task.Yield();
    return 5;
});
Console.WriteLine(await nested.Unwrap() + await await nested);
var bad = Task.Run(() =>
{
    throw new InvalidOperationException("bad");
});
var k1 = bad.ContinueWith(t => t.Exception!.InnerException!.Message);
Console.WriteLine(await k1);
var k2 = bad.ContinueWith(t =>
{
    t.Wait();
    return 1;
});
try
{
    await k2;
}
catch (AggregateException e)
{
    Console.WriteLine("agg " + e.InnerException!.Message);
}

Task<int> s = Task.FromResult(1).ContinueWith((t, st) => t.Result + (int)st!, 41);
Console.WriteLine(await s + " " + s.AsyncState + " " + s.CreationOptions);
var cts = new CancellationTokenSource();
cts.Cancel();
var cw = Task.CompletedTask.ContinueWith(_ => 1, cts.Token);
Console.WriteLine(cw.Status);
var all = await Task.Factory.ContinueWhenAll(new[] { Task.FromResult(1), Task.FromResult(2) }, ts => ts.Sum(t => t.Result));
Console.WriteLine(all);
var any = await Task.Factory.ContinueWhenAny(new[] { Task.FromResult(1), Task.FromResult(2) }, t => t.Result * 10);
Console.WriteLine(any);
