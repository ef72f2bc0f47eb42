using System;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var core = new ManualResetValueTaskSourceCore<int>();
core.SetResult(4);
var ran = new TaskCompletionSource<List>();
core.OnCompleted(state => ran.SetResult($"state={state} pool={Thread.CurrentThread.IsThreadPoolThread}"),
    "tag", 0, ValueTaskSourceOnCompletedFlags.None);
Console.WriteLine("OnCompleted returned");
Console.WriteLine(await ran.Task);
Console.WriteLine(core.GetResult(0));
try { core.OnCompleted(null!, null, 0, ValueTaskSourceOnCompletedFlags.None); }
catch (ArgumentNullException e) { Console.WriteLine(e.Message); }
