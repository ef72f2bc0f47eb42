// A single-threaded pump: async void exceptions are posted, OperationStarted/Completed are counted, Send runs at once.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var pump = new Pump();
SynchronizationContext.SetSynchronizationContext(pump);
Boom(true);
Boom(false);
Quiet();
Task t = Work();
SynchronizationContext.SetSynchronizationContext(null);
pump.Drain();
await t;
Console.WriteLine($"ops {pump.Ops} posts {pump.Posts}");
pump.Send(s => Console.WriteLine("send " + s), 4);
var copy = pump.CreateCopy();
Console.WriteLine(copy.GetType().Name + " " + ReferenceEquals(copy, pump));
async void Boom(bool now) { if (!now) await Task.Yield(); throw new ApplicationException("boom " + now); }
async void Quiet() { await Task.CompletedTask; Console.WriteLine("quiet"); }
async Task Work()
{
    for (int i = 0; i < 3; i++) { await Task.Yield(); Console.WriteLine($"work {i} {SynchronizationContext.Current == pump}"); }
    await Task.Yield();
    await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.ContinueOnCapturedContext);
    Console.WriteLine("forced " + (SynchronizationContext.Current == pump));
}
class Pump : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback D, object? S)> _q = new();
    public int Ops, Posts;
    public override void OperationStarted() { Ops++; Console.WriteLine("started"); }
    public override void OperationCompleted() { Ops--; Console.WriteLine("completed"); }
    public override void Post(SendOrPostCallback d, object? state) { Posts++; _q.Enqueue((d, state)); }
    public void Drain()
    {
        var old = Current;
        SetSynchronizationContext(this);
        while (_q.TryDequeue(out var w))
            try { w.D(w.S); } catch (Exception e) { Console.WriteLine("caught " + e.GetType().Name + " " + e.Message); }
        SetSynchronizationContext(old);
    }
}
