using System;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

foreach (bool async in new[] { false, true })
{
    var op = new Op(async);
    Task<bool> t = OnPoolAsync(op);
    op.Set(1);
    if (!async) Console.WriteLine("already completed: " + t.IsCompleted);
    bool pool = t.GetAwaiter().GetResult(); // misuse: sync-over-async (only when async is true; deliberate join)
    Console.WriteLine($"async={async} continuation on pool thread={pool}");
}

static async Task<bool> OnPoolAsync(Op op)
{
    await new ValueTask<int>(op, 0);
    return Thread.CurrentThread.IsThreadPoolThread;
}

class OpX : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    public Op(bool async) { _core.RunContinuationsAsynchronously = async; }
    public void Set(int v) => _core.SetResult(v);
    public int GetResult(short token) => _core.GetResult(token);
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
