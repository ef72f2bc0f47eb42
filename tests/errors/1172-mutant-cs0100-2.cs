using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var op = new Op();
ValueTask<int> old = new ValueTask<int>(op, op.Version);
op.Set(1);
Console.WriteLine(await old);
for (int i = 0; i < 65535; i++) op.Reset();
try { Console.WriteLine(old.IsCompleted); } // misuse: stale-token (detected)
catch (InvalidOperationException) { Console.WriteLine($"version {op.Version}: rejected"); }
op.Reset();
op.Set(777);
Console.WriteLine($"version {op.Version}");
Console.WriteLine(await old); // misuse: stale-token (not detected by the runtime)

class Op : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    public short Version => _core.Version;
    public void Set(int v) => _core.SetResult(v);
    public void Reset() => _core.Reset();
    public int GetResult(short token) => _core.GetResult(token);
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short c, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
