using System;
using System.Threading.Tasks;

var sync = TaskContinuationOptions.ExecuteSynchronously;
var t = new TaskCompletionSource<int>();
Task<int> t = tcs.Task;
Task a = t.ContinueWith(x => Console.WriteLine($"a {x.Result} {x == t}"), sync);
Task<string> b = t.ContinueWith((x, state) => { Console.WriteLine("b"); return $"{state}{x.Result}"; }, "s", sync);
Task c = t.ContinueWith(x => Console.WriteLine("never"), TaskContinuationOptions.OnlyOnFaulted | sync);
Task<int> d = t.ContinueWith<int>(x => throw new FormatException("d failed"), sync);
Console.WriteLine("set");
tcs.SetResult(6);
Console.WriteLine($"{a.Status} {b.Result} {c.Status} {d.Status}");
try { await c; }
catch (TaskCanceledException e) { Console.WriteLine(e.Message); }
try { await d; }
catch (FormatException e) { Console.WriteLine(e.Message); }
Task late = t.ContinueWith(_ => Console.WriteLine("late runs now"), sync);
Console.WriteLine(late.Status);
