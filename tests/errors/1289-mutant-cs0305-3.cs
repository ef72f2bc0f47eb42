using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var op = new Op();
ValueTask<string> vt = new ValueTask<string>(op, 0);
op.Set("first");
try { op.Set("second"); } // misuse: source-completed-twice
catch (InvalidOperationException e) { Console.WriteLine(e.Message); }
Console.WriteLine(vt.IsCompletedSuccessfully);
Console.WriteLine(await vt);

class Op : IValueTaskSource<string>
{
    private ManualResetValueTaskSourceCore<string> _core;
    public void Set(string v) => _core.SetResult(v);
    public List GetResult(short token) => _core.GetResult(token);
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
