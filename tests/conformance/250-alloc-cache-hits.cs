// Cache hit through Task and through ValueTask, interface and direct.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

IRepo r = new Repo();
var rr = new Repo();
Measure("task hit", () => P.Total += r.TaskAsync(1).Result!.Length);
Measure("vt hit", () => P.Total += r.ValueAsync(1).Result!.Length);
Measure("task hit null", () => P.Total += r.TaskAsync(2).IsCompleted ? 1 : 0);
Measure("direct vt", () => P.Total += rr.FastAsync(1).Result!.Length);
Measure("task miss", () => P.Keep(r.TaskAsync(99)));
Measure("vt miss", () => P.Keep(r.ValueAsync(99).AsTask()));
Measure("fast miss", () => P.Keep(rr.FastAsync(99).AsTask()));
Measure("fast miss direct", () =>
{
    var t = rr.FastAsync(99); // misuse: not-awaited
    P.Total += t.IsCompleted ? 1 : 0;
});
static void Measure(string name, Action a)
{
    a();
    a();
    long before = GC.GetAllocatedBytesForCurrentThread();
    a();
    long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
    Console.WriteLine($"{name}: {bytes}");
}

interface IRepo
{
    Task<string?> TaskAsync(int id);
    ValueTask<string?> ValueAsync(int id);
}

class Repo : IRepo
{
    readonly Dictionary<int, string?> _c = new()
    {
        [1] = "one",
        [2] = null
    };
    readonly Task<string?> _never = new TaskCompletionSource<string?>().Task;
    public async Task<string?> TaskAsync(int id)
    {
        if (_c.TryGetValue(id, out var s))
            return s;
        s = await _never;
        _c[id] = s;
        return s;
    }

    public async ValueTask<string?> ValueAsync(int id)
    {
        if (_c.TryGetValue(id, out var s))
            return s;
        s = await _never;
        _c[id] = s;
        return s;
    }

    public ValueTask<string?> FastAsync(int id) => _c.TryGetValue(id, out var s) ? new(s) : new(Slow(id));
    async Task<string?> Slow(int id)
    {
        string? s = await _never.ConfigureAwait(false);
        return _c[id] = s;
    }
}

static class P
{
    public static int Total;
    public static object? Sink;
    public static string Text = "abc";
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    public static void Keep(object? o) => Sink = o;
}
