// a pooled method, a reset source, and a custom synchronization context
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
[AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
static async ValueTask<int> Pooled(Task<int> t) { int a = await t; return a * 2; }
var tcs = new TaskCompletionSource<int>();
var vt = Pooled(tcs.Task);
Console.WriteLine(vt.IsCompleted);
tcs.SetResult(21);
Console.WriteLine(await vt);
try { await vt; } catch (InvalidOperationException e) { Console.WriteLine(e.Message); } // misuse: double-await
var core = new S();
var v = new ValueTask<int>(core, core.Ver);
var awaiter = v.GetAwaiter();
Console.WriteLine(awaiter.IsCompleted);
awaiter.OnCompleted(() => Console.WriteLine("continued"));
core.Set(3);
Console.WriteLine(awaiter.GetResult());
core.Reset();
try { _ = v.IsCompleted; } catch (InvalidOperationException e) { Console.WriteLine(e.Message); } // misuse: stale-token
for (int k = 0; k < 32768; k++) core.Reset();
Console.WriteLine(core.Ver);
var task = new ValueTask<int>(core, core.Ver).AsTask();
Console.WriteLine(task.Status);
core.Fail(new TimeoutException());
try { await task; } catch (TimeoutException e) { Console.WriteLine(e.Message + task.Status); }
var cc = new S();
try { cc.OnCompleted(null!, null, 0, 0); } catch (ArgumentNullException e) { Console.WriteLine(e.Message); }
cc.Set(1); try { cc.Set(2); } catch (InvalidOperationException) { Console.WriteLine("twice"); } // misuse: source-completed-twice
Console.WriteLine(cc.GetResult(0));
var pre = new ValueTask<int>(cc, 0).Preserve(); Console.WriteLine(await pre + await pre);
var ctx = new Ctx(); SynchronizationContext.SetSynchronizationContext(ctx);
var g = new TaskCompletionSource<int>(); var done = Use(g.Task); g.SetResult(5); ctx.Pump(); Console.WriteLine(done.Result + " " + ctx.Posts);
SynchronizationContext.SetSynchronizationContext(null);
async Task<int> Use(Task<int> t) { int a = await t; int b = await t.ConfigureAwait(false); await Task.Yield(); return a + b; }
class Ctx : SynchronizationContext { Queue<(SendOrPostCallback, object?)> q = new(); public int Posts; public override void Post(SendOrPostCallback d, object? s) { Posts++; q.Enqueue((d, s)); } public void Pump() { while (q.TryDequeue(out var i)) { var old = Current; SetSynchronizationContext(this); i.Item1(i.Item2); } } }
class S : IValueTaskSource<int> { ManualResetValueTaskSourceCore<int> c; public short Ver => c.Version; public void Set(int v) => c.SetResult(v); public void Fail(Exception e) => c.SetException(e); public void Reset() => c.Reset();
 public int GetResult(short t) => c.GetResult(t); public ValueTaskSourceStatus GetStatus(short t) => c.GetStatus(t); public void OnCompleted(Action<object?> a, object? s, short t, ValueTaskSourceOnCompletedFlags f) => c.OnCompleted(a, s, t, f); }
