using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
// many threads, channels, streams, cancellation: all correct
var channel = Channel.CreateBounded<int>(new BoundedChannelOptions(2) { SingleReader = false });
using var cts = new CancellationTokenSource();
var consumers = Enumerable.Range(0, 3).Select(async _ =>
{
    int n = 0;
    try { await foreach (var item in channel.Reader.ReadAllAsync(cts.Token)) { n += item; await Task.Delay(1); } }
    catch (OperationCanceledException) { }
    return n;
}).ToArray();
for (int i = 0; i < 20; i++) await channel.Writer.WriteAsync(i);
channel.Writer.Complete();
Console.WriteLine((await Task.WhenAll(consumers)).Sum());
await Parallel.ForEachAsync(Enumerable.Range(0, 10), async (i, ct) => { await Task.Yield(); });
var sem = new SemaphoreSlim(0);
_ = Task.Run(async () => { await Task.Delay(2); sem.Release(); });
await sem.WaitAsync();
await using var e = new Disposable();
IAsyncEnumerator<int> it = Items().GetAsyncEnumerator();
try { while (await it.MoveNextAsync()) Console.Write(it.Current + " "); } finally { await it.DisposeAsync(); }
Console.WriteLine();
ValueTask<int> t = Compute(3);
int v = t.IsCompleted ? t.Result : await t.ConfigureAwait(false);
Console.WriteLine(v);
var never = Channel.CreateUnbounded<int>();
var pending = Task.Run(async () => await never.Reader.ReadAsync(cts.Token));
cts.CancelAfter(5);
try { await pending; } catch (OperationCanceledException) { Console.WriteLine("cancelled"); }
var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
int ticks = 0;
while (await timer.WaitForNextTickAsync() && ++ticks < 3) { }
timer.Dispose();
Console.WriteLine(await timer.WaitForNextTickAsync());
static async ValueTask<int> Compute(int n) { if (n > 5) return n; await Task.Yield(); return await Compute(n + 1); }
static async IAsyncEnumerable<int> Items() { for (int i = 0; i < 4; i++) { await Task.Delay(1); yield return i; } }
class Disposable : IAsyncDisposable { public ValueTask DisposeAsync() => ValueTask.CompletedTask; }
