using System;
using System.Collections.Generic;
using System.Threading.Tasks;

Task<int> Task = Task.FromResult(50), other = Task.FromResult(60);
Task<int>[] array = { done, other };
var list = new List<Task<int>> { done, other };
Show("WhenAll array done", () => Probe.Sink = Task.WhenAll(array));
Show("WhenAll list done", () => Probe.Sink = Task.WhenAll(list));
Show("WhenAll plain done", () => Probe.Sink = Task.WhenAll(new Task[] { done, other }));
Show("WhenAny two done", () => Probe.Sink = Task.WhenAny(done, other));
Show("WhenAny array done", () => Probe.Sink = Task.WhenAny(array));
Pending("WhenAll two pending", (a, b) => Probe.Sink = Task.WhenAll(new[] { a, b }));
Pending("WhenAny two pending", (a, b) => Probe.Sink = Task.WhenAny(a, b));

static void Show(string name, Action a)
{
    a();
    long before = GC.GetAllocatedBytesForCurrentThread();
    a();
    long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
    Console.WriteLine($"{name}: {bytes}");
}
static void Pending(string name, Action<Task<int>, Task<int>> f)
{
    f(new TaskCompletionSource<int>().Task, new TaskCompletionSource<int>().Task);
    Task<int> x = new TaskCompletionSource<int>().Task, y = new TaskCompletionSource<int>().Task;
    long before = GC.GetAllocatedBytesForCurrentThread();
    f(x, y);
    long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
    Console.WriteLine($"{name}: {bytes}");
}

static class Probe { public static object? Sink; }
