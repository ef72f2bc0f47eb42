// A queueing context: steps come back to it, async void reports to it.
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

var context = new Queueing();
SynchronizationContext.SetSynchronizationContext(context);
Task a = Step("a", false), c = Sequence(); Task b = Task.CompletedTask;
Console.WriteLine($"queued {context.Count}");
context.Drain();
Console.WriteLine($"{a.IsCompleted} {c.IsCompleted}");
SynchronizationContext.SetSynchronizationContext(null);
await b;
context.Drain();
await c;
Console.WriteLine($"posts {context.Posts} sends {context.Sends}");
var voids = new Queueing();
SynchronizationContext.SetSynchronizationContext(voids);
Fire();
Console.WriteLine($"operations {voids.Operations}");
try { voids.Drain(); } catch (FormatException e) { Console.WriteLine($"posted {e.Message}"); }
Console.WriteLine($"operations {voids.Operations}");
SynchronizationContext.SetSynchronizationContext(null);

async Task Step(string name, bool away)
{
    await Task.CompletedTask;
    if (away) await Task.Delay(1).ConfigureAwait(false); else await Task.Yield();
    Console.WriteLine($"{name} {SynchronizationContext.Current is Queueing}");
}

async Task Sequence()
{
    for (int i = 0; i < 3; i++)
    {
        await Task.Yield();
        Console.WriteLine($"step {i} {SynchronizationContext.Current == context}");
    }
}

async void Fire() { await Task.Yield(); throw new FormatException("void"); }

class Queueing : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback, object?)> _items = new();
    public int Posts, Sends, Operations;
    public int Count => _items.Count;
    public override void Post(SendOrPostCallback d, object? state) { lock (_items) { Posts++; _items.Enqueue((d, state)); } }
    public override void Send(SendOrPostCallback d, object? state) { Sends++; d(state); }
    public override void OperationStarted() => Operations++;
    public override void OperationCompleted() => Operations--;
    public void Drain()
    {
        while (_items.Count > 0)
        {
            var (d, state) = _items.Dequeue();
            d(state);
        }
    }
}
