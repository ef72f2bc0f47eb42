// Task.Run, Wait, WaitAll, options of ConfigureAwait.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
// Task.Run variants and exceptions and status
Task<int> t = Task.Run(() => { Thread.Sleep(1); return 4; }); Console.WriteLine(t.Result); Task u = Task.Run(() => throw new ArgumentException("bad")); try { await u; } catch (ArgumentException e) { Console.WriteLine(e.Message + u.Status + u.IsFaulted); } try { u.Wait(); } catch (AggregateException e) { Console.WriteLine(e.Message + "|" + e.InnerException!.GetType().Name); } // misuse: sync-over-async
var cts = new CancellationTokenSource();
Task v = Task.Run(() => { cts.Cancel(); cts.Token.ThrowIfCancellationRequested(); }, cts.Token);
try { await v; }
catch (OperationCanceledException e) { Console.WriteLine(v.Status + e.Message); }
Task w = Task.Run(() => { throw new OperationCanceledException(); });
try { await w; }
catch (OperationCanceledException e) { Console.WriteLine(w.Status + e.GetType().Name); }
try { Task.WaitAll(new[] { Task.Delay(1), Task.Run(() => throw new Exception("w")) }); } catch (AggregateException e) { Console.WriteLine(e.Message); } Console.WriteLine(Task.WaitAll(new[] { Task.Delay(1000) }, 5)); Console.WriteLine(Task.Delay(1000).Wait(5)); Task faulted = Task.FromException(new InvalidOperationException("f")); Console.WriteLine(faulted.Exception); await faulted.ContinueWith(x => Console.WriteLine(x.Exception!.Message), TaskContinuationOptions.OnlyOnFaulted); await Task.Run(async () => await Task.Run(() => Console.WriteLine("nested"))); Console.WriteLine(await Task.Run(async () => { await Task.Yield(); return "async run"; })); Console.WriteLine(await Task.Factory.StartNew(s => (int)s! + 1, 41)); // misuse: sync-over-async
await faulted.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
Console.WriteLine("suppressed");
await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
