// pooled, void, lying and watchful sources; boxed and stored ValueTasks
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;
var pool = new Pool();
Console.WriteLine(await pool.RunAsync(1) + await pool.RunAsync(2));
ValueTask<int> a = pool.RunAsync(3), b = pool.RunAsync(4);
Console.WriteLine(await b + await a);
Console.WriteLine(pool.Created);
var s = new VoidSource(); ValueTask vt = s.Wait(); Console.WriteLine(vt.IsCompleted); 
Task t = Consume(vt); s.Done(); await t;
static async Task Consume(ValueTask v) { await v; Console.WriteLine("consumed"); }
var boxed = (object)new ValueTask<int>(7); Console.WriteLine(boxed.Equals(new ValueTask<int>(7)) + " " + boxed + " " + boxed.GetHashCode() + " " + boxed.GetType().Name);
var list = new List<ValueTask<int>> { new(1), new(Task.FromResult(2)), pool.RunAsync(3) }; int sum = 0; foreach (var v in list) sum += await v; Console.WriteLine(sum);
var ready = new ValueTask<string>("r"); if (ready.IsCompletedSuccessfully) Console.WriteLine(ready.Result);
var flt = new ValueTask<int>(Task.FromException<int>(new FormatException("ff"))); Console.WriteLine(flt.IsFaulted + " " + flt.IsCompletedSuccessfully); try { await flt; } catch (FormatException e) { Console.WriteLine(e.Message); }
try { _ = flt.Result; } catch (Exception e) { Console.WriteLine(e.GetType().Name); } // misuse: double-await
var can = ValueTask.FromCanceled<int>(new CancellationToken(true)); Console.WriteLine(can.IsCanceled); try { await can; } catch (OperationCanceledException e) { Console.WriteLine(e.GetType().Name); }
Console.WriteLine(new ValueTask(Task.CompletedTask) == default(ValueTask)); Console.WriteLine(new ValueTask(s, 1) == new ValueTask(s, 1)); Console.WriteLine(new ValueTask(s, 1) != new ValueTask(s, 2));
var lazy = new Lying(); try { await new ValueTask<int>(lazy, 9); } catch (NotImplementedException e) { Console.WriteLine(e.Message); }
Console.WriteLine(lazy.Log);
var conf = new ValueTask<int>(5).ConfigureAwait(false); Console.WriteLine(await conf); Console.WriteLine(conf.GetAwaiter().IsCompleted);
var flags = new FlagSource(); var cw = flags.Await(); flags.Log.Add("set"); flags.C.SetResult(1); await cw; Console.WriteLine(string.Join("|", flags.Log));
static class X { }
class Pool { Stack<Op> free = new(); public int Created; public ValueTask<int> RunAsync(int v) { if (!free.TryPop(out var op)) { op = new Op(free); Created++; } return op.Start(v); } }
class Op : IValueTaskSource<int>, IThreadPoolWorkItem { readonly Stack<Op> home; ManualResetValueTaskSourceCore<int> core = new() { RunContinuationsAsynchronously = true }; int v; public Op(Stack<Op> h) => home = h;
 public ValueTask<int> Start(int x) { v = x; var r = new ValueTask<int>(this, core.Version); ThreadPool.UnsafeQueueUserWorkItem(this, false); return r; }
 public void Execute() => core.SetResult(v * 10);
 public int GetResult(short token) { try { return core.GetResult(token); } finally { core.Reset(); home.Push(this); } }
 public ValueTaskSourceStatus GetStatus(short token) => core.GetStatus(token); public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => core.OnCompleted(c, s, t, f); }
class VoidSource : IValueTaskSource { ManualResetValueTaskSourceCore<bool> core; public ValueTask Wait() => new(this, core.Version); public void Done() => core.SetResult(true); public void GetResult(short t) => core.GetResult(t); public ValueTaskSourceStatus GetStatus(short t) => core.GetStatus(t); public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => core.OnCompleted(c, s, t, f); }
class Lying : IValueTaskSource<int> { public string Log = ""; public ValueTaskSourceStatus GetStatus(short t) { Log += "S" + t; return ValueTaskSourceStatus.Succeeded; } public int GetResult(short t) { Log += "R" + t; throw new NotImplementedException(); } public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => Log += "O"; }
class FlagSource : IValueTaskSource<int> { public ManualResetValueTaskSourceCore<int> C; public List<string> Log = new(); public async Task Await() { await new ValueTask<int>(this, C.Version).ConfigureAwait(false); Log.Add("resumed"); } public int GetResult(short t) { Log.Add("get"); return C.GetResult(t); } public ValueTaskSourceStatus GetStatus(short t) { Log.Add("status"); return C.GetStatus(t); } public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) { Log.Add("on:" + f); C.OnCompleted(c, s, t, f); } }
