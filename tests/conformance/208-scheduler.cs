// A custom TaskScheduler that queues: StartNew, ContinueWith and await all go through it.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var sch = new QueueScheduler();
var f = new TaskFactory(sch);
Task<int> t = f.StartNew(() =>
{
    Console.WriteLine("body " + (TaskScheduler.Current == sch));
    return 1;
});
Task c = t.ContinueWith(x => Console.WriteLine("cont " + x.Result), sch);
Console.WriteLine(t.Status + " queued=" + sch.Count);
sch.RunAll();
Console.WriteLine(t.Status + " " + c.Status);
Task<Task> w = f.StartNew(async () =>
{
    Console.WriteLine("async start " + (TaskScheduler.Current == sch));
    await Gate.Tcs.Task;
    Console.WriteLine("resumed " + (TaskScheduler.Current == sch));
    await Gate.Tcs2.Task.ConfigureAwait(false);
    Console.WriteLine("false " + (TaskScheduler.Current == sch));
});
sch.RunAll();
Gate.Tcs.SetResult();
Console.WriteLine("queued=" + sch.Count);
sch.RunAll();
Gate.Tcs2.SetResult();
await w.Unwrap();
Console.WriteLine(TaskScheduler.Current == TaskScheduler.Default);
Console.WriteLine(sch.MaximumConcurrencyLevel + " " + (sch.Id > 0));
var inl = new Task(() => Console.WriteLine("inline"));
inl.RunSynchronously(sch);
Console.WriteLine(inl.Status);
var lazy = new Task<int>(o => (int)o! + 1, 5);
Console.WriteLine(lazy.Status + " " + lazy.AsyncState);
lazy.Start(sch);
Console.WriteLine(lazy.Status);
Console.WriteLine(lazy.Result + " " + lazy.Status);
sealed class QueueScheduler : TaskScheduler
{
    readonly LinkedList<Task> _q = new();
    public int Count => _q.Count;

    public void RunAll()
    {
        while (_q.First is { } n)
        {
            _q.RemoveFirst();
            TryExecuteTask(n.Value);
        }
    }

    protected override void QueueTask(Task task)
    {
        Console.WriteLine("queue");
        _q.AddLast(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool prev)
    {
        Console.WriteLine("inline? " + prev);
        if (prev)
            _q.Remove(task);
        return TryExecuteTask(task);
    }

    protected override IEnumerable<Task> GetScheduledTasks() => _q;
    public override int MaximumConcurrencyLevel => 1;
}

static class Gate
{
    public static TaskCompletionSource Tcs = new(), Tcs2 = new();
}
