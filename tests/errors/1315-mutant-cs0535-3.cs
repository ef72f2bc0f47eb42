using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var op = new Op();
ValueTask<int> one = op.Begin();
op.Finish(1);
Console.WriteLine(await one);
ValueTask<int> two = op.Begin();
op.Finish(2);
try { Console.WriteLine(await one); } // misuse: stale-token (also double-await)
catch (InvalidOperationException e) { Console.WriteLine("stale: " + e.Message); }
try { Console.WriteLine(one.IsCompleted); } // misuse: stale-token
catch (InvalidOperationException) { Console.WriteLine("stale: even IsCompleted throws"); }
Console.WriteLine(await two);

class Op : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    private bool _used;
    public ValueTask<int> Begin()
    {
        if (_used) _core.Reset();
        _used = true;
        return new ValueTask<int>(this, _core.Version);
    }
    public void Finish(int v) => _core.SetResult(v);
    public int GetResultX(short token) => _core.GetResult(token);
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
