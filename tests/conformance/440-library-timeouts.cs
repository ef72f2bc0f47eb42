// Timeouts, cancellation from outside, interleaved streams.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
// timeouts and cancellation helper extension
Console.WriteLine(await Slow(5).TimeoutAfter(TimeSpan.FromMilliseconds(100)));
try { await Slow(100).TimeoutAfter(TimeSpan.FromMilliseconds(10)); }
catch (TimeoutException) { Console.WriteLine("timeout"); }
var cts = new CancellationTokenSource(5);
try { await Slow(1000).WithCancellation(cts.Token); }
catch (OperationCanceledException e) { Console.WriteLine(e.CancellationToken == cts.Token); }
static async Task<int> Slow(int ms) { await Task.Delay(ms); return ms; }
await foreach (var x in Interleave(Seq(1, 3), Seq(10, 2))) Console.Write(x + " ");
Console.WriteLine();
static async IAsyncEnumerable<int> Seq(int s, int n) { for (int i = 0; i < n; i++) { await Task.Yield(); yield return s + i; } }
static async IAsyncEnumerable<T> Interleave<T>(IAsyncEnumerable<T> a, IAsyncEnumerable<T> b)
{
    await using var ea = a.GetAsyncEnumerator();
    await using var eb = b.GetAsyncEnumerator();
    bool ma = true, mb = true;
    while (ma || mb)
    {
        if (ma && (ma = await ea.MoveNextAsync())) yield return ea.Current;
        if (mb && (mb = await eb.MoveNextAsync())) yield return eb.Current;
    }
}
static class TaskExt
{
    public static async Task<T> TimeoutAfter<T>(this Task<T> t, TimeSpan ts)
    {
        using var c = new CancellationTokenSource();
        if (t == await Task.WhenAny(t, Task.Delay(ts, c.Token))) { c.Cancel(); return await t; }
        throw new TimeoutException();
    }
    public static async Task<T> WithCancellation<T>(this Task<T> t, CancellationToken ct)
    {
        var tcs = new TaskCompletionSource<bool>();
        using (ct.Register(s => ((TaskCompletionSource<bool>)s!).TrySetResult(true), tcs)) if (t != await Task.WhenAny(t, tcs.Task)) throw new OperationCanceledException(ct);
        return await t;
    }
}
