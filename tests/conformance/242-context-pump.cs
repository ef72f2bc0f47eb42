// A message pump: where each continuation runs, ConfigureAwait, nested pumps, Send, TaskScheduler.FromCurrentSynchronizationContext.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var pump = new Pump();
SynchronizationContext.SetSynchronizationContext(pump);
var tcs = new TaskCompletionSource<int>();
var log = new List<string>();
async Task A(string n, bool ctx)
{
    int v = await tcs.Task.ConfigureAwait(ctx);
    log.Add($"{n}{v}{(SynchronizationContext.Current is Pump ? "P" : "-")}");
    await Inner(n);
    log.Add(n + "end" + (SynchronizationContext.Current is Pump ? "P" : "-"));
}

async Task Inner(string n)
{
    await Task.Yield();
    log.Add(n + "in");
}

Task a = A("a", true), b = A("b", true);
tcs.SetResult(1);
log.Add("set");
while (!a.IsCompleted || !b.IsCompleted)
    pump.RunOne();
SynchronizationContext.SetSynchronizationContext(pump);
Console.WriteLine(string.Join(" ", log));
var ts = TaskScheduler.FromCurrentSynchronizationContext();
var t = Task.Factory.StartNew(() => SynchronizationContext.Current is Pump, CancellationToken.None, TaskCreationOptions.None, ts);
Console.WriteLine(t.Status + " " + pump.Count);
pump.RunOne();
Console.WriteLine(t.Result + " " + ts.MaximumConcurrencyLevel);
var c = Task.CompletedTask.ContinueWith(_ => Thread.CurrentThread.IsThreadPoolThread, ts);
pump.RunOne();
Console.WriteLine(c.Result);
try
{
    SynchronizationContext.SetSynchronizationContext(null);
    TaskScheduler.FromCurrentSynchronizationContext();
}
catch (InvalidOperationException e)
{
    Console.WriteLine(e.Message);
}

SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
var g = new TaskCompletionSource();
Task w = W();
async Task W()
{
    await g.Task;
    Console.WriteLine("plain context counts as none");
}

g.SetResult();
Console.WriteLine(w.IsCompleted);
SynchronizationContext.SetSynchronizationContext(pump);
pump.Post(_ => Console.WriteLine("posted"), null);
pump.Send(_ => Console.WriteLine("sent"), null);
pump.RunOne();
SynchronizationContext.SetSynchronizationContext(null);
class Pump : SynchronizationContext
{
    readonly Queue<Action> q = new();
    public int Count => q.Count;

    public override void Post(SendOrPostCallback d, object? s) => q.Enqueue(() => d(s));
    public void RunOne()
    {
        if (q.TryDequeue(out var a))
        {
            SetSynchronizationContext(this);
            a();
        }
    }
}
