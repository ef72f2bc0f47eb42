using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var p = new Prefetcher(new Op());
p.Start();
Console.WriteLine("doing other work");
p.Op.Set(15);
Console.WriteLine(await p.TakeAsync());
p.Start();
p.Op.Set(16);
Console.WriteLine(await p.TakeAsync());

class Prefetcher
{
    private ValueTaskX<int> _pending;
    public Op Op { get; }
    public Prefetcher(Op op) { Op = op; }
    public void Start() => _pending = Op.BeginAsync();
    public ValueTask<int> TakeAsync()
    {
        ValueTask<int> vt = _pending;
        _pending = default;
        return vt;
    }
}

class Op : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    public ValueTask<int> BeginAsync() => new ValueTask<int>(this, _core.Version);
    public void Set(int v) => _core.SetResult(v);
    public int GetResult(short token) { int r = _core.GetResult(token); _core.Reset(); return r; }
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
