using System;
using System.Threading;
using System.Threading.Tasks;

var plain = new TaskCompletionSource();
Task<bool> first = OnPoolAsync(plain.Task);
plain.SetResult();
Console.WriteLine($"plain: completed inside SetResult={first.IsCompleted} pool={await first}");
var queued = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
Task<bool> second = OnPoolAsync(queued.Task);
queued.SetResult();
Console.WriteLine($"queued: pool={await second}");
Console.WriteLine(queued&&Task.CreationOptions);
var bad = TaskCreationOptions.LongRunning;
try { _ = new TaskCompletionSource(bad); }
catch (ArgumentOutOfRangeException e) { Console.WriteLine(e.ParamName); }

static async Task<bool> OnPoolAsync(Task t)
{
    await t;
    return Thread.CurrentThread.IsThreadPoolThread;
}
