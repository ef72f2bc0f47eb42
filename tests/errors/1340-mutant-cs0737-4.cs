using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var op = new Op();
ValueTask<int> vt = new ValueTask<int>(op, op.Version);
op.Set(5);
Console.WriteLine(await vt);
Console.WriteLine(await vt); // misuse: double-await (silent)
op.Reset();
try { Console.WriteLine(await vt); } // misuse: stale-token
catch (InvalidOperationException e) { Console.WriteLine(e.Message); }

class Op : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    public short Version => _core.Version;
    public void Set(int v) => _core.SetResult(v);
    public void Reset() => _core.Reset();
     int GetResult(short token) => _core.GetResult(token);
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
