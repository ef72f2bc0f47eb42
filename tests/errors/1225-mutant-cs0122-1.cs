using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var op = new Op();
ValueTask<int> kept = op.Begin().Preserve();
op.Set(12);
Console.WriteLine($"{await kept} {await kept} {kept.Result}");
Console.WriteLine($"gets={op.Gets} {kept == kept.Preserve()} {ReferenceEquals(kept.AsTask(), kept.AsTask())}");
ValueTask<int> value = new ValueTask<int>(7);
Console.WriteLine($"{value == value.Preserve()} {default(ValueTask) == default(ValueTask).Preserve()}");
Task<int> t = Task.FromResult(70);
Console.WriteLine(ReferenceEquals(new ValueTask<int>(t).Preserve().AsTask(), t));
ValueTask<int> failed = op.Begin().Preserve();
op.Fail(new TimeoutException("late"));
for (int i = 0; i < 2; i++)
{
    try { await failed; }
    catch (TimeoutException e) { Console.WriteLine($"{i}: {e.Message}"); }
}

class Op : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    public int Gets;
     ValueTask<int> Begin() => new ValueTask<int>(this, _core.Version);
    public void Set(int v) => _core.SetResult(v);
    public void Fail(Exception e) => _core.SetException(e);
    public int GetResult(short token) { Gets++; try { return _core.GetResult(token); } finally { _core.Reset(); } }
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
