// TaskCompletionSource: all its ends, options, states.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
var tcs = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
_ = Task.Run(async () => { await Task.Delay(5); tcs.SetResult(3); });
Console.WriteLine(await tcs.Task);
Console.WriteLine(tcs.TrySetResult(4) + " " + tcs.TrySetException(new Exception()) + tcs.TrySetCanceled() + tcs.Task.Status); try { tcs.SetResult(1); } catch (InvalidOperationException e) { Console.WriteLine(e.Message); } // misuse: source-completed-twice
var t2 = new TaskCompletionSource();
t2.SetException(new[] { new Exception("a"), new Exception("b") });
try { await t2.Task; }
catch (Exception e) { Console.WriteLine(e.Message + t2.Task.Exception!.InnerExceptions.Count); }
var c = new TaskCompletionSource<int>();
c.SetCanceled();
try { await c.Task; }
catch (OperationCanceledException e) { Console.WriteLine(e.GetType().Name + e.Message + (e as TaskCanceledException)!.Task!.Status); }
var f = new TaskCompletionSource<string>(); f.SetFromTask(Task.FromResult("x")); Console.WriteLine(await f.Task);
Console.WriteLine(new TaskCompletionSource<int>("state").Task.AsyncState);
Console.WriteLine(Task.CompletedTask.IsCompletedSuccessfully + " " + Task.FromResult(1).Id.GetType());
