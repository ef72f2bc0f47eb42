// Time: Task.Delay order, WaitAsync timeouts, PeriodicTimer, CancelAfter, Timer, Delay with cancelled tokens.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var log = new List<string>();
async Task D(int ms, string n)
{
    await Task.Delay(ms);
    lock (log)
        log.Add(n);
}

await Task.WhenAll(D(120, "c"), D(10, "a"), D(60, "b"));
Console.WriteLine(string.Join("", log));
try
{
    await new TaskCompletionSource().Task.WaitAsync(TimeSpan.FromMilliseconds(10));
}
catch (TimeoutException e)
{
    Console.WriteLine(e.Message);
}

Console.WriteLine(await Task.FromResult(5).WaitAsync(TimeSpan.FromSeconds(1)));
using (var pt = new PeriodicTimer(TimeSpan.FromMilliseconds(5)))
{
    int n = 0;
    while (await pt.WaitForNextTickAsync())
        if (++n == 3)
            break;
    Console.WriteLine(n);
    pt.Dispose();
    Console.WriteLine(await pt.WaitForNextTickAsync());
}

using var cts = new CancellationTokenSource();
cts.CancelAfter(10);
try
{
    await Task.Delay(-1, cts.Token);
}
catch (TaskCanceledException e)
{
    Console.WriteLine(e.Message + (e.CancellationToken == cts.Token) + cts.IsCancellationRequested);
}

Console.WriteLine(Task.Delay(50, cts.Token).Status + " " + Task.Delay(0, cts.Token).Status + " " + Task.Delay(TimeSpan.Zero).Status);
var tick = new TaskCompletionSource<object?>();
using var timer = new Timer(o => tick.TrySetResult(o), "state", 5, Timeout.Infinite);
Console.WriteLine(await tick.Task);
Console.WriteLine(timer.Change(-1, -1));
Task first = await Task.WhenAny(Task.Delay(500), Task.Delay(10));
Console.WriteLine(first.Status);
var sw = System.Diagnostics.Stopwatch.StartNew();
await Task.Delay(30);
Console.WriteLine(sw.ElapsedMilliseconds >= 25);
var ts = await WithTimeout(Slow(), 10);
Console.WriteLine(ts);
static async Task<string> Slow()
{
    await Task.Delay(2000);
    return "slow";
}

static async Task<string> WithTimeout(Task<string> t, int ms) => await Task.WhenAny(t, Task.Delay(ms)) == t ? await t : "timeout";
var c2 = new CancellationTokenSource(TimeSpan.FromMilliseconds(5));
await Task.Delay(50);
Console.WriteLine(c2.IsCancellationRequested + " " + c2.TryReset());
var c3 = new CancellationTokenSource();
Console.WriteLine(c3.TryReset());
try
{
    using var pt2 = new PeriodicTimer(TimeSpan.Zero);
}
catch (ArgumentOutOfRangeException e)
{
    Console.WriteLine(e.ParamName);
}
