using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var op = new Op(1234);
ValueTask<int> vt = new ValueTask<int>(op, 0);
Task<int> a = vt.AsTask();
Task<int> b = vt.AsTask(); // misuse: as-task-twice (silent)
Console.WriteLine($"{a.Result} {b.Result} same={ReferenceEquals(a, b)} reads={op.Reads}");
ValueTask plain = new ValueTask(op, 0);
Task c = plain.AsTask();
Task d = plain.AsTask(); // misuse: as-task-twice (silent)
Console.WriteLine($"same={ReferenceEquals(c, d)} completedTask={ReferenceEquals(c, Task.CompletedTask)} reads={op.Reads}");

class Op : IValueTaskSource<int>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<int> _core;
    public int Reads { get; private set; }
    public Op(int v) { _core.SetResult(v); }
    public int GetResult(short token) { Reads++; return _core.GetResult(token); }
    void IValueTaskSource.GetResult(short token) { Reads++; _core.GetResult(token); }
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
     void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
