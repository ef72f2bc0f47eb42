using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var op = new Op();
ValueTask<int> vt = new ValueTask<int>(op, 0);
try { Console.WriteLine(vt.Result); } // misuse: get-result-before-completion
catch (InvalidOperationException e) { Console.WriteLine("Result: " + e.Message); }
try { Console.WriteLine(vt.GetAwaiter().GetResult()); } // misuse: get-result-before-completion
catch (InvalidOperationException e) { Console.WriteLine("GetResult: " + e.Message); }
op.Set(11);
Console.WriteLine(vt.IsCompletedSuccessfully ? vt.Result : -1);

class Op : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    public void Set(int v) => _core.SetResult(v);
    public int GetResult(short token) => _core.GetResult(token);
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    readonly void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
