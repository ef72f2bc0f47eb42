// WhenAll and WhenAny corner cases: order, exceptions, cancellation, lists changed later, single tasks, nested.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var tcs = Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource<int>()).ToArray();
var all = Task.WhenAll(tcs.Select(t => t.Task));
tcs[2].SetResult(30);
tcs[0].SetResult(10);
Console.WriteLine(all.IsCompleted);
tcs[1].SetResult(20);
Console.WriteLine(string.Join(",", await all));
var e = Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource<int>()).ToArray();
var bad = Task.WhenAll(e[0].Task, e[1].Task, e[2].Task);
e[2].SetException(new Exception("late index first"));
e[0].SetException(new Exception("index 0"));
e[1].SetCanceled();
try
{
    await bad;
}
catch (Exception x)
{
    Console.WriteLine(x.Message + " " + string.Join("|", bad.Exception!.InnerExceptions.Select(i => i.Message)) + " " + bad.Status);
}

var n0 = new TaskCompletionSource();
var n1 = new TaskCompletionSource();
var nbad = Task.WhenAll(n0.Task, n1.Task);
n1.SetException(new Exception("one"));
n0.SetException(new Exception("zero"));
try
{
    await nbad;
}
catch (Exception x)
{
    Console.WriteLine(x.Message + " " + string.Join("|", nbad.Exception!.InnerExceptions.Select(i => i.Message)));
}

var c = Task.WhenAll(Task.CompletedTask, Task.FromCanceled(new CancellationToken(true)));
try
{
    await c;
}
catch (TaskCanceledException x)
{
    Console.WriteLine(c.Status + x.Message);
}

var list = new List<Task>
{
    Task.CompletedTask
};
var wl = Task.WhenAll(list);
list.Add(new TaskCompletionSource().Task);
Console.WriteLine(wl.IsCompleted);
Console.WriteLine((await Task.WhenAll(Array.Empty<Task<int>>())).Length);
var any = await Task.WhenAny(new TaskCompletionSource<int>().Task, Task.FromException<int>(new FormatException("w")));
Console.WriteLine(any.Status);
try
{
    await any;
}
catch (FormatException x)
{
    Console.WriteLine(x.Message);
}

Console.WriteLine((await Task.WhenAny(Task.FromResult(1), Task.FromResult(2))).Result);
Task<Task> wa = Task.WhenAny(new List<Task> { Task.CompletedTask });
Console.WriteLine(wa.Status);
var multi = new TaskCompletionSource<int>();
multi.SetException(new[] { new Exception("a"), new Exception("b") });
var agg = Task.WhenAll(multi.Task, Task.FromException<int>(new Exception("c")));
try
{
    agg.Wait();
}
catch (AggregateException x)
{
    Console.WriteLine(x.InnerExceptions.Count + x.Message);
}

var nested = Task.WhenAll(Task.WhenAll(Task.FromResult(1), Task.FromResult(2)), Task.WhenAll(Task.FromResult(3)));
Console.WriteLine(string.Join(";", (await nested).Select(x => string.Join(",", x))));
var same = Task.FromResult(4);
Console.WriteLine(string.Join(",", await Task.WhenAll(same, same, same)));
