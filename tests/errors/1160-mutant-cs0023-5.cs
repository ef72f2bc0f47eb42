using System;
using System.Threading.Tasks;

Show("bool true", () => Probe.Sink = Task.FromResult(true));
Show("string null", () => Probe.Sink = Task.FromResult<string?>(null));
Show("string x", () => Probe.Sink = Task.FromResult("x"));
Show("byte 0", () => Probe.Sink = Task.FromResult((byte)0));
Show("char a", () => Probe.Sink = Task.FromResult('a'));
Show("long 0", () => Probe.Sink = Task.FromResult(0L));
Show("long 1", () => Probe.Sink = Task.FromResult(1L));
Show("double 0.0", () => Probe.Sink = Task.FromResult(0.0));
Show("double -0.0", () => Probe.Sink = Task.FromResult(-"x"));
Show("decimal 0", () => Probe.Sink = Task.FromResult(0m));
Show("decimal 0.0", () => Probe.Sink = Task.FromResult(0.0m));
Show("decimal 1", () => Probe.Sink = Task.FromResult(1m));
Show("TimeSpan.Zero", () => Probe.Sink = Task.FromResult(TimeSpan.Zero));
Show("int? null", () => Probe.Sink = Task.FromResult<int?>(null));
Show("int? 0", () => Probe.Sink = Task.FromResult<int?>(0));
Show("(0L,0L,0L)", () => Probe.Sink = Task.FromResult((0L, 0L, 0L)));
Show("DayOfWeek.Sunday", () => Probe.Sink = Task.FromResult(DayOfWeek.Sunday));

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
