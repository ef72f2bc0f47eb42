// Task.Status through the life of tasks of every origin.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

TaskCompletionSource tcs = new();
Task run = Loop();
Console.WriteLine($"{tcs.Task.Status} {run.Status}");
tcs.SetResult();
await run;
Console.WriteLine($"{tcs.Task.Status} {run.Status} {run.IsCompletedSuccessfully}");
var cold = new Task(() =>
{
});
Console.WriteLine(cold.Status);
cold.RunSynchronously();
Console.WriteLine(cold.Status);
Task f = Fail();
Console.WriteLine($"{f.Status} {f.IsCompleted} {f.IsFaulted} {f.IsCompletedSuccessfully}");
Task c = Cancel();
Console.WriteLine($"{c.Status} {c.IsCompleted} {c.IsCanceled} {c.IsFaulted}");
foreach (TaskStatus s in Enum.GetValues<TaskStatus>())
    Console.Write($"{(int)s}={s} ");
Console.WriteLine();
Task? [] order =
{
    Task.CompletedTask,
    f,
    c,
    new TaskCompletionSource().Task,
    null
};
Console.WriteLine(string.Join(" ", order.Select(t => t?.Status switch
{
    TaskStatus.RanToCompletion => "done",
    TaskStatus.Faulted => "bad",
    TaskStatus.Canceled => "off",
    null => "null",
    var s => s.ToString()})));
var parent = Task.Factory.StartNew(() =>
{
    Task.Factory.StartNew(() => throw new Exception("child"), TaskCreationOptions.AttachedToParent);
});
try
{
    await parent;
}
catch (AggregateException e)
{
    Console.WriteLine(parent.Status + " " + e.Message + e.InnerException!.GetType().Name);
}
catch (Exception e)
{
    Console.WriteLine(parent.Status + " " + e.GetType().Name + " " + e.Message);
}

Console.WriteLine(f.Exception!.InnerExceptions[0].Message);
async Task Loop()
{
    await tcs.Task;
}

static async Task Fail()
{
    await Task.CompletedTask;
    throw new Exception("e");
}

static async Task Cancel()
{
    await Task.CompletedTask;
    throw new TaskCanceledException();
}
