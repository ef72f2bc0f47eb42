using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var wrong = new Wrong();
ValueTask<int> a = new ValueTask<int>(wrong, 0);
wrong.Set(1);
Console.WriteLine($"readonly field: completed={a.IsCompleted}");
wrong.Set(2);
Console.WriteLine("second Set did not throw");
var right = new Right();
ValueTask<int> b = new ValueTask<int>(right, 0);
right.Set(1);
Console.WriteLine($"plain field: completed={b.IsCompleted} {await b}");

class Wrong : IValueTaskSource<int>
{
    private readonly ManualResetValueTaskSourceCore<int> _core = new();
    public void Set(int v) => _core.SetResult(v);
    public int GetResult(short token) => _core.GetResult(token);
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
class Right : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core = new();
    public void Set(int v) => _core.SetResult(v);
    public int GetResult(short token) => _core.GetResult(token);
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(ValueTask, s, t, f);
}
