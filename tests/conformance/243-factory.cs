// Task.Factory: options, attached and detached children, LongRunning, FromAsync-free parts, Unwrap, WaitAll and WaitAny, states.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var parent = Task.Factory.StartNew(() =>
{
    for (int i = 0; i < 2; i++)
    {
        int k = i;
        Task.Factory.StartNew(() =>
        {
            Thread.Sleep(5);
            lock (typeof(int))
                Probe.N += k + 1;
        }, TaskCreationOptions.AttachedToParent);
    }

    return "parent";
});
Console.WriteLine(await parent + Probe.N);
var failing = Task.Factory.StartNew(() =>
{
    Task.Factory.StartNew(() => throw new FormatException("kid"), TaskCreationOptions.AttachedToParent);
});
try
{
    failing.Wait(); // misuse: sync-over-async
}
catch (AggregateException e)
{
    Console.WriteLine(e.Flatten().InnerException!.Message + " " + e.InnerException!.GetType().Name + " " + failing.Status);
}

Task<Task<int>> nested = Task.Factory.StartNew(async () =>
{
    await Task.Yield();
    return 4;
});
Console.WriteLine(nested.Unwrap().Result + " " + (await nested).Result); // misuse: sync-over-async
Console.WriteLine(Task.Factory.StartNew(o => o + "!", "st").Result + Task.Factory.StartNew(o =>
{
}, "as").AsyncState);
var lr = Task.Factory.StartNew(() => Thread.CurrentThread.IsThreadPoolThread, TaskCreationOptions.LongRunning);
Console.WriteLine(lr.Result + " " + lr.CreationOptions); // misuse: sync-over-async
var f = new TaskFactory<int>(TaskCreationOptions.DenyChildAttach, TaskContinuationOptions.ExecuteSynchronously);
Console.WriteLine(f.CreationOptions + " " + f.ContinuationOptions + " " + f.StartNew(() => 3).Result);
Task[] ts =
{
    Task.Delay(30),
    Task.Delay(1)
};
Console.WriteLine(Task.WaitAny(ts) + " " + Task.WaitAll(ts, 5000) + " " + Task.WaitAny(ts, 0)); // misuse: sync-over-async
Console.WriteLine(Task.WaitAll(new[] { new TaskCompletionSource().Task }, 5)); // misuse: sync-over-async
Task cold = new(() =>
{
});
Console.WriteLine(cold.Wait(1) + " " + cold.Status); // misuse: sync-over-async
cold.Start();
await cold;
Console.WriteLine(cold.Status);
await Task.Run(async () =>
{
    await Task.Yield();
});
Console.WriteLine(await Task.Run(async () =>
{
    await Task.Yield();
    return "unwrapped";
}));
try
{
    await Task.Run(() => (Task)null!);
}
catch (TaskCanceledException e)
{
    Console.WriteLine(e.Message);
}

var when = Task.WhenAll(Task.FromException(new Exception("1")), Task.FromCanceled(new CancellationToken(true)), Task.FromException(new Exception("2")));
try
{
    await when;
}
catch (Exception e)
{
    Console.WriteLine(e.Message + when.Exception!.InnerExceptions.Count + when.Status);
}

Console.WriteLine(string.Join(",", await Task.WhenAll(new List<Task<int>> { Task.FromResult(1), Slow(2) })));
await foreach (var t in Task.WhenEach(new[] { Slow(1), Task.FromResult(9) }))
    Console.Write(t.IsCompleted + " ");
Console.WriteLine();
var any = await Task.WhenAny(Slow(3), Slow(4));
Console.WriteLine(any.IsCompletedSuccessfully);
static async Task<int> Slow(int n)
{
    await Task.Delay(n);
    return n;
}

Console.WriteLine(Task.CompletedTask.IsCompletedSuccessfully + " " + Task.FromResult(2).Result + (await Task.FromResult<string?>(null) ?? "nul"));
static class Probe
{
    public static int N;
}
