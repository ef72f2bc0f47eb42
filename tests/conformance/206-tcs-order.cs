// Order of continuations of one TaskCompletionSource, default and asynchronous, with awaits and ContinueWith mixed.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var log = new List<string>();
var tcs = new TaskCompletionSource<int>();
async Task W(string n)
{
    int v = await tcs.Task;
    lock (log)
        log.Add(n + v);
}

Task a = W("A");
Task c1 = tcs.Task.ContinueWith(t =>
{
    lock (log)
        log.Add("c1");
}, TaskContinuationOptions.ExecuteSynchronously);
Task c2 = tcs.Task.ContinueWith((t, o) =>
{
    lock (log)
        log.Add("c2" + o);
}, "s", TaskContinuationOptions.ExecuteSynchronously);
log.Add("before");
tcs.SetResult(1);
log.Add("after");
await Task.WhenAll(a, c1, c2);
Console.WriteLine(string.Join(" ", log));
log.Clear();
var r = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
var done = new TaskCompletionSource();
int main = Environment.CurrentManagedThreadId;
async Task X()
{
    await r.Task;
    log.Add("same=" + (Environment.CurrentManagedThreadId == main) + " pool=" + Thread.CurrentThread.IsThreadPoolThread);
    done.SetResult();
}

Task x = X();
r.SetResult();
done.Task.Wait(); // misuse: sync-over-async
Console.WriteLine(string.Join(" ", log));
Console.WriteLine(r.Task.CreationOptions + " " + tcs.Task.CreationOptions + " " + r.Task.AsyncState + "|");
var st = new TaskCompletionSource<string>("state", TaskCreationOptions.RunContinuationsAsynchronously);
Console.WriteLine(st.Task.AsyncState + " " + st.Task.CreationOptions + " " + st.Task.Status);
Console.WriteLine(st.TrySetCanceled() + " " + st.Task.Status + " " + st.TrySetException(new Exception()) + " " + st.TrySetResult("q"));
var e = new TaskCompletionSource<int>();
e.SetException(new Exception[] { new FormatException("f"), new TimeoutException("t") });
try
{
    await e.Task;
}
catch (Exception ex)
{
    Console.WriteLine(ex.GetType().Name + " " + e.Task.Exception!.InnerExceptions.Count + " " + e.Task.Exception.Message);
}

var from = new TaskCompletionSource<int>();
from.SetFromTask(Task.FromResult(31));
Console.WriteLine(from.Task.Result);
var f2 = new TaskCompletionSource<int>();
Console.WriteLine(f2.TrySetFromTask(Task.FromException<int>(new InvalidCastException("ic"))) + " " + f2.Task.Exception!.InnerException!.Message);
var f3 = new TaskCompletionSource();
try
{
    f3.SetFromTask(new TaskCompletionSource().Task);
}
catch (Exception ex)
{
    Console.WriteLine(ex.Message);
}

var cc = new CancellationTokenSource();
cc.Cancel();
var f4 = new TaskCompletionSource();
f4.SetCanceled(cc.Token);
try
{
    await f4.Task;
}
catch (OperationCanceledException ex)
{
    Console.WriteLine(ex.GetType().Name + " " + (ex.CancellationToken == cc.Token));
}

Console.WriteLine(Task.CurrentId is null);
