using System;
using System.Collections.Generic;
using System.Threading.Tasks;

var a = new TaskCompletionSource<string>();
var b = new TaskCompletionSource<string>();
Task<Task<string>> any = Task.WhenAny(a.Task, b.Task);
Console.WriteLine(any.IsCompleted);
b.SetResult("b");
Console.WriteLine($"{any.IsCompleted} {ReferenceEquals(any.Result, b.Task)}");
a.SetResult("a");
Console.WriteLine(await await any);
Task<Task<string>> ready = Task.WhenAny(a.Task, b.Task);
Console.WriteLine(ready.Result.Result);
Task failed = Task.FromException(new TimeoutException("lost"));
Task winner = await Task.WhenAny(new TaskCompletionSource().Task, failed);
Console.WriteLine($"{winner.Status} {ReferenceEquals(winner, failed)}");
try { await Task.WhenAny(new List<Task>()); }
catch (ArgumentException e) { Console.WriteLine(e.ParamName); }
try { winner; }
catch (TimeoutException e) { Console.WriteLine(e.Message); }
