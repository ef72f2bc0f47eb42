// Retry, debounce, rate limit, circuit breaker, memoize.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using System.Diagnostics;
int attempts = 0; var sw = Stopwatch.StartNew();
var v = await Retry(async () => { attempts++; await Task.Delay(10); if (attempts < 3) throw new HttpishException("503"); return "ok"; }, 5, TimeSpan.FromMilliseconds(100));
Console.WriteLine($"{v} after {attempts}, {sw.Elapsed.TotalMilliseconds >= 300}");
static async Task<T> Retry<T>(Func<Task<T>> op, int max, TimeSpan delay, CancellationToken ct = default)
{
    for (int a = 1; ; a++)
    {
        try { return await op().ConfigureAwait(false); }
        catch (HttpishException e) when (a < max) { Console.WriteLine($"attempt {a}: {e.Message}"); await Task.Delay(delay * a, ct); }
    }
}
var debounced = new Debouncer(TimeSpan.FromMilliseconds(20));
for (int i = 0; i < 3; i++) { int c = i; debounced.Run(() => Console.WriteLine("debounced " + c)); await Task.Delay(5); }
await Task.Delay(50);
var rl = new RateLimiter(2);
await Task.WhenAll(Enumerable.Range(1, 4).Select(i => rl.Execute(async () => { await Task.Delay(10); Console.WriteLine("rl " + i); return i; })));
var cb = new CircuitBreaker(2);
for (int i = 0; i < 3; i++) try { await cb.Run(() => Task.FromException<int>(new Exception("down"))); }
catch (Exception e) { Console.WriteLine(e.Message); }
var memo = Memoize<int, int>(async k => { Console.WriteLine("compute " + k); await Task.Yield(); return k * k; });
Console.WriteLine(await memo(3) + await memo(3));
static Func<K, Task<V>> Memoize<K, V>(Func<K, Task<V>> f) where K : notnull
{
    var d = new Dictionary<K, Task<V>>();
    return k => d.TryGetValue(k, out var t) ? t : d[k] = f(k);
}
class HttpishException(string m) : Exception(m);
class Debouncer(TimeSpan d)
{
    CancellationTokenSource? cts;
    public async void Run(Action a)
    {
        cts?.Cancel();
        cts = new();
        var t = cts.Token;
        try { await Task.Delay(d, t); a(); }
        catch (OperationCanceledException) { }
    }
}
class RateLimiter(int n)
{
    readonly SemaphoreSlim s = new(n);
    public async Task<T> Execute<T>(Func<Task<T>> f) { await s.WaitAsync(); try { return await f(); } finally { s.Release(); } }
}
class CircuitBreaker(int limit)
{
    int fails;
    public async Task<T> Run<T>(Func<Task<T>> f)
    {
        if (fails >= limit) throw new InvalidOperationException("open");
        try { var r = await f(); fails = 0; return r; }
        catch { fails++; throw; }
    }
}
