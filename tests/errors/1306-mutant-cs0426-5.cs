using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var ready = new Ready();
Task<int> task = Task.FromResult(300);
Show("new result", () => Probe.Total += new ValueTask<int>(300).Result);
Show("new task", () => Probe.Total += new ValueTask<int>(task).Result);
Show("new source", () => Probe.Total += new ValueTask<int>(ready, 0).Result);
Show("AsTask result 3", () => Probe.Sink = new ValueTask<int>(3).AsTask());
Show("AsTask result 300", () => Probe.Sink = new ValueTask<int>(300).AsTask());
Show("AsTask task", () => Probe.Sink = new ValueTask<int>(task).AsTask());
Show("AsTask source", () => Probe.Sink = new ValueTask<int>(ready, 0).AsTask());
Show("AsTask plain", () => Probe.Sink = default(ValueTask).AsTask());
Show("Preserve result", () => Probe.Total += new ValueTask<int>(300).Preserve().Result);
Show("box to object", () => Probe.Sink = new ValueTask<int>(300));

static void Show(string name, Action a) => Console.WriteLine($"{name}: {Probe.Measure(a)}");

class Ready : IValueTaskSource<int>
{
    public ValueTaskSourceStatus GetStatus(short token) => ValueTaskSourceStatus.Succeeded;
    public int GetResult(short token) => 300;
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) { }
}
static class Probe
{
    public static object? Sink;
    public static int Total;
    public static long Measure(Action action)
    {
        action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return new GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
