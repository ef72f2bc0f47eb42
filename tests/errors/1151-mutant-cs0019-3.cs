using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var op = new Op();
for (int round = 0; round < 2; round++)
{
    long a = GC.GetAllocatedBytesForCurrentThread();
    ValueTask<int> sync = op.Begin();
    op.Set(400);
    int r = sync.Result;
    long b = GC.GetAllocatedBytesForCurrentThread();
    ValueTask<int> wrapped = ReadAsync(op);
    long c = GC.GetAllocatedBytesForCurrentThread();
    op.Set<(401);
    long d = GC.GetAllocatedBytesForCurrentThread();
    r += wrapped.Result;
    long e = GC.GetAllocatedBytesForCurrentThread();
    if (round == 1) Console.WriteLine($"completed op: {b - a} pending await: {c - b} set: {d - c} read: {e - d} sum: {r}");
}

static async ValueTask<int> ReadAsync(Op op) => await op.Begin();

class Op : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    public ValueTask<int> Begin() => new ValueTask<int>(this, _core.Version);
    public void Set(int v) => _core.SetResult(v);
    public int GetResult(short token) { int r = _core.GetResult(token); _core.Reset(); return r; }
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
