using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var op = new Op();
ValueTask<int> vt = new ValueTask<int>(op, 0);
op.Set(1);
try { op.Fail(new TimeoutException("late")); } catch (InvalidOperationException e) { Console.WriteLine(e.Message); } // misuse: source-completed-twice
try { Console.WriteLine(await vt); } catch (TimeoutException e) { Console.WriteLine(e.Message); }
var core = new ManualResetValueTaskSourceCore<bool>();
core.SetException(new Exception("a"));
try { core.SetResult(true); } catch (InvalidOperationException) { Console.WriteLine("no"); } // misuse: source-completed-twice
var tcs = new TaskCompletionSource<int>();
tcs.SetResult(1);
try { tcs.SetException(new Exception()); } catch (InvalidOperationException) { Console.WriteLine("tcs"); } // misuse: source-completed-twice
Console.WriteLine(tcs.TrySetResult(3));
try { tcs.SetCanceled(); } catch (InvalidOperationException) { Console.WriteLine("tcs"); } // misuse: source-completed-twice
class Op : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    public void Set(int v) => _core.SetResult(v);
    public void Fail(Exception e) => _core.SetException(e);
    public int GetResult(short token) => _core.GetResult(token);
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
