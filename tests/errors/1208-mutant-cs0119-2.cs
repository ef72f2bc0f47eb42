using System;
using System.Threading;
using System.Threading.Tasks;

var error = new FormatException("x");
var token = new CancellationToken(true);
Show("new TCS", () => Probe.Sink = new TaskCompletionSource());
Show("new TCS<int>", () => Probe.Sink = new TaskCompletionSource<int>());
Show("new TCS<decimal>", () => Probe.Sink = new TaskCompletionSource<decimal>());
Show("new TCS async", () => Probe.Sink = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
Show("new + SetResult", () => { var t = new TaskCompletionSource<int>(); t.SetResult(5); Probe.Sink = t; });
Show("new + SetCanceled", () => { var t = new TaskCompletionSource<int>(); t.SetCanceled(Probe); Probe.Sink = t; });
Show("FromCanceled", () => Probe.Sink = Task.FromCanceled(token));
Show("FromCanceled<int>", () => Probe.Sink = Task.FromCanceled<int>(token));
Show("FromException", () => Probe.Sink = Task.FromException(error));
Show("FromException<int>", () => Probe.Sink = Task.FromException<int>(error));

static void Show(string name, Action a) => Console.WriteLine($"{name}: {Probe.Measure(a)}");

static class Probe
{
    public static object? Sink;
    public static long Measure(Action action)
    {
        action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
