using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

var pump = new Pump();
SynchronizationContext.SetSynchronizationContext(pump);
var gate1 = new TaskCompletionSource<int>();
var gate2 = new TaskCompletionSource<int>();
Task t = StepsAsync(gate1.Task, gate2.Task);
SynchronizationContext.SetSynchronizationContext(null);
gate1.SetResult(1);
Console.WriteLine($"posted={pump.Count}");
SynchronizationContext.SetSynchronizationContext(pump);
pump.Run();
SynchronizationContext.SetSynchronizationContext(null);
gate2.SetResult(2);
Console.WriteLine($"posted={pump.Count} {t.Status}");

static async Task StepsAsync(Task<int> one, Task<int> two)
{
    await Task.CompletedTask.ConfigureAwait(false);
    Where("completed task, false");
    await one.ConfigureAwait(true);
    Where("suspended, true");
    await new ValueTask<int>(two).ConfigureAwait(false);
    Where("suspended, false");
}

static void Where(string step) => Console.WriteLine($"{step}: on pump={SynchronizationContext.Current is Pump}");

class Pump : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback, object?)> _work = new();
    public int Count => _work.Count;
    public override void Post(SendOrPostCallback d, Task? state) => _work.Enqueue((d, state));
    public void Run() { while (_work.Count > 0) { var (d, s) = _work.Dequeue(); d(s); } }
}
