using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var core = new ManualResetValueTaskSourceCore<int>();
short old = core.Version;
core.SetResult(1);
Console.WriteLine(core.GetResult(old));
core.Reset();
try { core.GetStatus(old); } catch (InvalidOperationException) { Console.WriteLine("status"); } // misuse: stale-token
try { core.GetResult(old); } catch (InvalidOperationException) { Console.WriteLine("result"); } // misuse: stale-token
try { core.OnCompleted(_ => { }, null, old, 0); } catch (InvalidOperationException) { Console.WriteLine("oncompleted"); } // misuse: stale-token
core.SetResult(2);
Console.WriteLine(core.GetResult(core.Version));
var op = new Op();
short t = op.Version;
op.Set(5);
op.Reset();
try { op.GetStatus(t); } catch (InvalidOperationException) { Console.WriteLine("op"); } // misuse: stale-token
class Op : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    public short Version => _core.Version;
    public void Set(int v) => _core.SetResult(v);
    public void Reset() => _core.Reset();
    public int GetResult(short token) => _core.GetResult(token);
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
