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
    public string GetResult(short token) => _core.GetResult(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
