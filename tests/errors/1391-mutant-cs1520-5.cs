using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var op = new Op();
ValueTask<int> first = new ValueTask<int>(op, op.Version);
op.Set(1);
Console.WriteLine(await first);
op.Reset();
op.Fail(new TimeoutException("second operation failed"));
try { Console.WriteLine(first.Result); } // misuse: stale-token
catch (Exception e) { Console.WriteLine($"Result: {e.GetType().Name}: {e.Message}"); }
try { Console.WriteLine(await first); } // misuse: stale-token
catch (Exception e) { Console.WriteLine($"await: {e.GetType().Name}"); }
op.Reset();
try { Console.WriteLine(first.Result); } // misuse: stale-token
catch (Exception e) { Console.WriteLine($"Result: {e.GetType().Name}"); }

class Op : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    public short Version => _core.Version;
    public void Set(int v) => _core.SetResult(v);
    public void Fail(Exception e) => _core.SetException(e);
    public void Reset() => _core.Reset();
    public  GetResult(short token) => _core.GetResult(token);
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
