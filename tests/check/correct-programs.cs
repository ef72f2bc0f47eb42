using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

// correct uses of all kinds
var ch = Channel.CreateBounded<int>(1);
Task producer = Task.Run(async () => { for (int i = 0; i < 5; i++) await ch.Writer.WriteAsync(i); ch.Writer.Complete(); });
int sum = 0;
while (await ch.Reader.WaitToReadAsync()) while (ch.Reader.TryRead(out int v)) sum += v;
await producer;
Console.WriteLine(sum);
await foreach (int i in Range(3)) sum += i;
await foreach (int i in Range(3).ConfigureAwait(false)) sum += i;
await using (var r = new Res()) { sum += r.N; }
await using (new Res().ConfigureAwait(false)) { }
ValueTask<int>[] all = { Get(1), Get(2), Get(3) };
foreach (var t in all) sum += await t;
int[] results = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Get(i).AsTask()));
sum += results.Sum();
ValueTask<int> p = Get(5).Preserve();
sum += await p + await p + p.Result;
ValueTask<int> q = Get(6);
sum += q.IsCompletedSuccessfully ? q.Result : await q;
ValueTask<int> w = Get(7);
if (!w.IsCompleted) sum += await w.AsTask(); else sum += w.GetAwaiter().GetResult();
var aw = Get(8).GetAwaiter();
if (aw.IsCompleted) sum += aw.GetResult(); else { var tcs = new TaskCompletionSource(); aw.UnsafeOnCompleted(() => tcs.SetResult()); await tcs.Task; sum += aw.GetResult(); }
var pool = new Stack<Op>();
for (int i = 0; i < 20; i++) sum += await Rent(i);
var sem = new SemaphoreSlim(1);
await sem.WaitAsync();
sem.Release();
using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
await timer.WaitForNextTickAsync();
await timer.WaitForNextTickAsync();
var h = new Holder();
h.Pending = Get(3);
var mine = h.Pending; h.Pending = default;
sum += await mine;
ValueTask x = Nothing();
await x;
x = Nothing();
await x;
Console.WriteLine(sum);
var e = Range(2).GetAsyncEnumerator();
while (await e.MoveNextAsync()) sum += e.Current;
await e.DisposeAsync();
Lazy<Task<int>> lazy = new(() => Get(4).AsTask());
sum += await lazy.Value + await lazy.Value;
Console.WriteLine(sum);

ValueTask<int> Rent(int n) { var op = pool.Count > 0 ? pool.Pop() : new Op(pool); return op.Start(n); }
async ValueTask Nothing() { await Task.Yield(); }
async ValueTask<int> Get(int n) { if (n % 2 == 1) await Task.Delay(1); return n; }
async IAsyncEnumerable<int> Range(int n) { for (int i = 0; i < n; i++) { if (i % 2 == 0) await Task.Yield(); yield return i; } }
class Holder { public ValueTask<int> Pending; }
class Res : IAsyncDisposable { public int N = 1; public async ValueTask DisposeAsync() { await Task.Yield(); } }
class Op(Stack<Op> pool) : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    public ValueTask<int> Start(int n)
    {
        short t = _core.Version;
        if (n % 3 == 0) _core.SetResult(n); else ThreadPool.QueueUserWorkItem(_ => _core.SetResult(n));
        return new ValueTask<int>(this, t);
    }
    public int GetResult(short token) { try { return _core.GetResult(token); } finally { _core.Reset(); pool.Push(this); } }
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
