using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var op = new Op();
ValueTask<int> vt = op.Begin();
Task<int> task = vt.AsTask();
op.Set(7);
Console.WriteLine(await task);
try { Console.WriteLine(await vt); } // misuse: double-await
catch (InvalidOperationException e) { Console.WriteLine(e.Message); }
ValueTask<int> b = op.Begin();
op.Set(8);
Console.WriteLine(await b.AsTask());
try { Console.WriteLine(b.Result); } // misuse: double-await
catch (InvalidOperationException e) { Console.WriteLine(e.Message); }
ValueTask<int> c = op.Begin();
op.Set(9);
Console.WriteLine(await c);
try { Console.WriteLine(c.AsTask().Status); } // misuse: double-await
catch (InvalidOperationException e) { Console.WriteLine(e.Message); }
ValueTask<int> r = new ValueTask<int>(3);
Task<int> rt = r.AsTask();
Console.WriteLine(await rt + await r); // misuse: double-await
class Op : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    public ValueTask<int> Begin() => new(this, _core.Version);
    public void Set(int v) => _core.SetResult(v);
    public int GetResult(short token) { try { return _core.GetResult(token); } finally { _core.Reset(); } }
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
