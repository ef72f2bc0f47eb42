// faults, cancellation, filters and finally, through awaits and blocking waits
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
static async Task<int> Thrower(int k) { await Task.Yield(); if (k == 0) throw new OperationCanceledException(); if (k == 1) throw new InvalidOperationException("boom"); return k; }
for (int i = 0; i < 3; i++)
{
    Task<int> t = Thrower(i);
    try { Console.WriteLine(await t); } catch (Exception e) { Console.WriteLine($"{e.GetType()}: {e.Message}"); }
    Console.WriteLine($"{t.Status} {t.IsCanceled} {t.IsFaulted} {t.Exception?.Message}");
    try { Console.WriteLine(t.Result); } catch (AggregateException e) { Console.WriteLine($"{e.Message} {e.InnerException!.GetType().Name} {e.InnerExceptions.Count}"); }
}
var cts = new CancellationTokenSource();
Task d = Task.Delay(10_000, cts.Token);
cts.Cancel();
try { await d; } catch (TaskCanceledException e) { Console.WriteLine(e.Message + " " + (e.CancellationToken == cts.Token)); }
var cts2 = new CancellationTokenSource(50);
try { await Task.Delay(Timeout.Infinite, cts2.Token); } catch (OperationCanceledException e) { Console.WriteLine(e.GetType().Name); }
try { await Task.Run(() => { throw new ArgumentException("bad", "p"); }); } catch (ArgumentException e) { Console.WriteLine(e.Message + "|" + e.ParamName); }
var all = Task.WhenAll(Task.FromException(new Exception("a")), Task.FromException(new FormatException("b")));
try { await all; } catch (Exception e) { Console.WriteLine(e.Message); }
Console.WriteLine(all.Exception!.InnerExceptions.Count + " " + all.Exception.Message);
try { try { throw new Exception("inner"); } catch (Exception e) { throw new InvalidOperationException("outer", e); } }
catch (InvalidOperationException e) when (e.InnerException is not null) { Console.WriteLine(e.InnerException.Message); }
finally { Console.WriteLine("fin"); }
static int F() { try { return 1; } finally { Console.WriteLine("in finally"); } }
Console.WriteLine(F());
try { Nested(); } catch (Exception e) { Console.WriteLine(e.Message); }
static void Nested() { try { throw new Exception("first"); } finally { Console.WriteLine("cleanup"); } }
for (int i = 0; i < 3; i++) { try { if (i == 1) continue; Console.WriteLine(i); } finally { Console.WriteLine("f" + i); } }
try { throw new AggregateException("multi", new Exception("x"), new AggregateException(new Exception("y"))); } catch (AggregateException e) { Console.WriteLine(e.Message + " " + e.Flatten().InnerExceptions.Count); }
var linked = CancellationTokenSource.CreateLinkedTokenSource(new CancellationToken(true));
Console.WriteLine(linked.IsCancellationRequested);
var reg = new CancellationTokenSource();
reg.Token.Register(() => Console.WriteLine("cb1"));
reg.Token.Register(s => Console.WriteLine("cb2 " + s), "st");
reg.Cancel();
try { reg.Token.ThrowIfCancellationRequested(); } catch (OperationCanceledException e) { Console.WriteLine(e.Message); }
try { throw new CustomEx(7); } catch (CustomEx e) when (e.Code == 7) { Console.WriteLine(e); }
class CustomEx : Exception { public int Code; public CustomEx(int c) : base("custom " + c) { Code = c; } public override string ToString() => "CE" + Code; }
