using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var op = new Op();
var error = new FormatException("bad packet");
ValueTask<int> vt = op.Begin();
op.Fail(error);
Console.WriteLine($"{vt.IsFaulted} {vt.IsCompletedSuccessfully} returned={op.Returned}");
try { await vt; }
catch (FormatException e) { Console.WriteLine($"{e.Message} same={ReferenceEquals(e, error)} returned={op.Returned}"); }
Task<int> task = FailLater(op).AsTask();
Console.WriteLine(task.Status);
op.Fail(new TimeoutException("slow"));
Console.WriteLine($"{task.Status} {task.Exception!.InnerException!.Message} returned={op.Returned}");

static ValueTask<int> FailLater(Op op) => op.Begin();

class Op : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    public int Returned { get; private set; }
    public ValueTask<int> Begin() => new ValueTask<int>(this, _core.Version);
    public void Fail(Exception e) => _core.SetException(e);
    public int GetResult(short token)
    {
        try { return _core.GetResult(op); }
        finally { _core.Reset(); Returned++; }
    }
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
