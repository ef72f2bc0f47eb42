// SemaphoreSlim: async waits in order, release counts, timeouts, cancellation, throttling.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var s = new SemaphoreSlim(1, 2);
await s.WaitAsync();
var order = new List<int>();
Task[] ws = Enumerable.Range(0, 3).Select(async i =>
{
    await s.WaitAsync();
    lock (order)
        order.Add(i);
    s.Release();
}).ToArray();
Console.WriteLine(s.CurrentCount + " " + ws.All(t => !t.IsCompleted));
s.Release();
await Task.WhenAll(ws);
Console.WriteLine(string.Join(",", order) + " " + s.CurrentCount);
Console.WriteLine(await s.WaitAsync(0) + " " + await s.WaitAsync(0) + " " + await s.WaitAsync(1) + " " + s.Wait(0) + " " + s.Release());
try
{
    s.Release(5);
}
catch (SemaphoreFullException e)
{
    Console.WriteLine(e.Message);
}

var cts = new CancellationTokenSource();
await s.WaitAsync();
Task w = s.WaitAsync(cts.Token);
cts.Cancel();
try
{
    await w;
}
catch (OperationCanceledException e)
{
    Console.WriteLine(e.GetType().Name + " " + w.Status);
}

try
{
    s.Release(0);
}
catch (ArgumentOutOfRangeException e)
{
    Console.WriteLine(e.Message.ReplaceLineEndings("|"));
}

s.Dispose();
try
{
    s.Wait();
}
catch (ObjectDisposedException e)
{
    Console.WriteLine(e.Message.ReplaceLineEndings("|"));
}

int running = 0, max = 0;
var gate = new SemaphoreSlim(2);
var results = await Task.WhenAll(Enumerable.Range(1, 6).Select(async i =>
{
    await gate.WaitAsync();
    try
    {
        int n = Interlocked.Increment(ref running);
        lock (order)
            max = Math.Max(max, n);
        await Task.Yield();
        Interlocked.Decrement(ref running);
        return i * i;
    }
    finally
    {
        gate.Release();
    }
}));
Console.WriteLine(string.Join(",", results) + " " + (max <= 2));
Console.WriteLine(await new SemaphoreSlim(0).WaitAsync(TimeSpan.FromMilliseconds(5)));
