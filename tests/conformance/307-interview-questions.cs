// what articles and interviews ask: ordering, retries, throttling, timeouts, combinators
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
Console.WriteLine("1"); var t = Do(); Console.WriteLine("2"); await t; Console.WriteLine("3");
async Task Do() { Console.WriteLine("a"); await Task.Delay(10); Console.WriteLine("b"); }
var tasks = Enumerable.Range(1, 3).Select(async i => { await Task.Delay(30 - i * 10); return i; }).ToList();
while (tasks.Count > 0) { var done = await Task.WhenAny(tasks); tasks.Remove(done); Console.Write(await done + " "); } Console.WriteLine();
var results = await Task.WhenAll(Enumerable.Range(1, 3).Select(async i => { await Task.Yield(); return i * i; })); Console.WriteLine(string.Join(",", results));
using var cts = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
try { await LoopAsync(cts.Token); } catch (OperationCanceledException) { Console.WriteLine("canceled"); }
static async Task LoopAsync(CancellationToken ct) { while (true) { ct.ThrowIfCancellationRequested(); await Task.Delay(5, ct); } }
var tcs = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
_ = Task.Run(async () => { await Task.Delay(5); tcs.TrySetResult("from event"); });
Console.WriteLine(await tcs.Task);
var p = new Progress<int>(); int seen = 0; IProgress<int> ip = new Sync(x => seen += x); ip.Report(4); Console.WriteLine(seen);
Console.WriteLine(await Retry(3)); static async Task<string> Retry(int n) { for (int i = 0; ; i++) { try { if (i < n - 1) throw new TimeoutException("t" + i); await Task.Yield(); return "ok after " + i; } catch (TimeoutException) when (i < n) { await Task.Delay(1); } } }
var s = new SemaphoreSlim(2, 2); int cur = 0, peak = 0; await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ => { await s.WaitAsync(); peak = Math.Max(peak, ++cur); await Task.Delay(2); cur--; s.Release(); })); Console.WriteLine(peak);
var ex = await Record(() => Task.WhenAll(Bad("x"), Bad("y"))); Console.WriteLine(ex!.Message);
static async Task Bad(string m) { await Task.Yield(); throw new Exception(m); }
static async Task<Exception?> Record(Func<Task> f) { try { await f(); return null; } catch (Exception e) { return e; } }
Task parent = Task.Factory.StartNew(() => { Console.WriteLine("outer"); }).ContinueWith(_ => Console.WriteLine("cont"), TaskContinuationOptions.OnlyOnRanToCompletion); await parent;
Console.WriteLine(await Task.Run(() => Thread.CurrentThread.IsThreadPoolThread));
var vtDict = new Dictionary<int, Task<int>>(); Task<int> GetOrAdd(int k) => vtDict.TryGetValue(k, out var v) ? v : vtDict[k] = Load(k); async Task<int> Load(int k) { await Task.Delay(1); return k * 2; } Console.WriteLine(await GetOrAdd(4) + await GetOrAdd(4) + vtDict.Count);
var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(3)); int ticks = 0; while (await timer.WaitForNextTickAsync()) { if (++ticks == 3) break; } Console.WriteLine(ticks);
string r = await Task.FromResult("a").ContinueWith(async x => { await Task.Yield(); return x.Result + "b"; }).Unwrap(); Console.WriteLine(r);
try { Task.Run(() => throw new InvalidOperationException("agg")).Wait(); } catch (AggregateException ae) { ae.Handle(e => { Console.WriteLine(e.Message); return true; }); } // misuse: sync-over-async
Console.WriteLine(TaskStatus.WaitingForActivation + " " + new Task(() => { }).Status);
var cold = new Task<int>(() => 5); cold.Start(); Console.WriteLine(await cold); cold = new Task<int>(() => 6); cold.RunSynchronously(); Console.WriteLine(cold.Result);
foreach (var g in new[] { 1, 2, 3, 4 }.GroupBy(x => x % 2)) Console.WriteLine(g.Key + ":" + string.Join("", g));
class Sync : IProgress<int> { Action<int> a; public Sync(Action<int> a) => this.a = a; public void Report(int v) => a(v); }
