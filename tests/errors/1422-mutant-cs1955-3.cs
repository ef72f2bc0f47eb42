using System;
using System.Threading.Tasks;

var s = new[] {  TaskCompletionSource<int>(), new TaskCompletionSource<int>(), new TaskCompletionSource<int>() };
Task<int[]> all = Task.WhenAll(s[0].Task, s[1].Task, s[2].Task);
s[2].SetResult(30);
s[0].SetResult(10);
Console.WriteLine(all.IsCompleted);
s[1].SetResult(20);
Console.WriteLine(string.Join(",", await all));
var f = new[] { new TaskCompletionSource<int>(), new TaskCompletionSource<int>(), new TaskCompletionSource<int>() };
Task<int[]> bad = Task.WhenAll(f[0].Task, f[1].Task, f[2].Task);
f[2].SetException(new FormatException("third"));
f[0].SetException(new TimeoutException("first"));
Console.WriteLine(bad.IsCompleted);
f[1].SetException(new FormatException("second"));
try { await bad; }
catch (Exception e) { Console.WriteLine($"await: {e.Message}"); }
Console.WriteLine($"{bad.Status} {bad.Exception!.Message}");
Task canceled = Task.WhenAll(Task.FromCanceled(new System.Threading.CancellationToken(true)), Task.CompletedTask);
Task both = Task.WhenAll(canceled, f[0].Task);
Console.WriteLine($"{canceled.Status} {both.Status}");
Console.WriteLine((await Task.WhenAll(new Task<int>[0])).Length);
try { await Task.WhenAll(Task.CompletedTask, null!); }
catch (ArgumentException e) { Console.WriteLine(e.Message); }
