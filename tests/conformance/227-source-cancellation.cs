// Cancelling a source-backed operation through a token registration.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

using var cts = new CancellationTokenSource();
var op = new Op();
ValueTask<int> v = op.Start(cts.Token);
Console.WriteLine(v.IsCompleted);
cts.Cancel();
Console.WriteLine($"{v.IsCanceled} {v.IsFaulted} {v.IsCompletedSuccessfully}");
try { await v; } catch (OperationCanceledException e) { Console.WriteLine($"{e.GetType().Name} {e.CancellationToken == cts.Token} {e.Message}"); }
var op2 = new Op();
Task<int> t = op2.Start(cts.Token).AsTask();
Console.WriteLine(t.Status);
try { await t; } catch (OperationCanceledException e) { Console.WriteLine(e.CancellationToken.IsCancellationRequested); }
var op3 = new Op { Make = ct => new TaskCanceledException("custom", null, ct) };
Task<int> t3 = op3.Start(cts.Token).AsTask();
try { t3.Wait(); } catch (AggregateException e) { Console.WriteLine(e.InnerException!.Message + " " + t3.Status); }
try { await t3; } catch (TaskCanceledException e) { Console.WriteLine(e.Message); }
using var cts2 = new CancellationTokenSource();
var op4 = new Op();
ValueTask<int> v4 = op4.Start(cts2.Token);
op4.Finish(3);
cts2.Cancel();
Console.WriteLine(await v4);
class Op : IValueTaskSource<int>
{
    ManualResetValueTaskSourceCore<int> _c; CancellationTokenRegistration _r; CancellationToken _t;
    public Func<CancellationToken, Exception> Make = ct => new OperationCanceledException(ct);
    public ValueTask<int> Start(CancellationToken ct)
    {
        _t = ct;
        if (ct.IsCancellationRequested) _c.SetException(Make(ct));
        else _r = ct.UnsafeRegister(static o => { var me = (Op)o!; me._c.SetException(me.Make(me._t)); }, this);
        return new(this, _c.Version);
    }
    public void Finish(int x) { Console.WriteLine("unregistered " + _r.Unregister()); _c.SetResult(x); }
    public int GetResult(short t) { _r.Dispose(); return _c.GetResult(t); }
    public ValueTaskSourceStatus GetStatus(short t) => _c.GetStatus(t);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _c.OnCompleted(c, s, t, f);
}
