// A TaskScheduler of one's own with limited concurrency.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
// TaskScheduler custom
var s = new LimitedScheduler(1);
var f = new TaskFactory(s);
var order = new List<int>();
await Task.WhenAll(Enumerable.Range(0, 4).Select(i => f.StartNew(() => { lock (order) order.Add(i); Console.WriteLine(TaskScheduler.Current == s); })));
Console.WriteLine(string.Join(",", order));
Console.WriteLine(s.MaximumConcurrencyLevel);
class LimitedScheduler(int max) : TaskScheduler
{
    readonly LinkedList<Task> tasks = new();
    int running;
    public override int MaximumConcurrencyLevel => max;
    protected override IEnumerable<Task> GetScheduledTasks() { lock (tasks) return tasks.ToArray(); }
    protected override void QueueTask(Task t)
    {
        lock (tasks) { tasks.AddLast(t); if (running < max) { running++; ThreadPool.UnsafeQueueUserWorkItem(_ => Loop(), null); } }
    }
    void Loop()
    {
        while (true)
        {
            Task t;
            lock (tasks) { if (tasks.Count == 0) { running--; return; } t = tasks.First!.Value; tasks.RemoveFirst(); }
            TryExecuteTask(t);
        }
    }
    protected override bool TryExecuteTaskInline(Task t, bool prev) => false;
}
