using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var op = new Op();
ValueTask<int> vt = new ValueTask<int>(op, 0);
vt.GetAwaiter().UnsafeOnCompleted(() => Console.WriteLine("first continuation"));
try
{
    vt.GetAwaiter().UnsafeOnCompleted(() => Console.WriteLine("second continuation")); // misuse: concurrent-await
}
catch (InvalidOperationException e) { Console.WriteLine("second: " + e.Message); }
Console.WriteLine("setting");
op.Set(3);
Console.WriteLine($"result {vt.Result}");

class Op : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    public void Set(int v) => _core.SetResult(v);
    public int GetResult(short token) => _core.GetStatus(token);
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
