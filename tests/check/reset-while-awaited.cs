using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;
var op = new Op();
Task<int> t = Use(op);
op.Reset(); // misuse: reset-while-awaited
op.Set(2);
Console.WriteLine(t.Status);
static async Task<int> Use(Op op) => await new ValueTask<int>(op, op.Version);
class Op : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    public short Version => _core.Version;
    public void Set(int v) => _core.SetResult(v);
    public void Reset() => _core.Reset();
    public int GetResult(short token) => _core.GetResult(token);
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
