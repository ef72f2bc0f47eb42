using System;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

// Task arm: two awaiters of one pending ValueTask
var tcs = new TaskCompletionSource<int>();
ValueTask<int> vt = new ValueTask<int>(tcs.Task);
Task<int> a = AwaitAsync(vt), b = AwaitAsync(vt);
tcs.SetResult(4);
Console.WriteLine(await a + await b);
// async method arm
var gate = new TaskCompletionSource();
ValueTask<int> m = WaitFor(gate.Task);
Task<int> c = AwaitAsync(m), d = AwaitAsync(m);
gate.SetResult();
Console.WriteLine(await c + await d);
// source, by hand
var op = new Op();
ValueTask<int> s = new ValueTask<int>(op, 0);
s.GetAwaiter().OnCompleted(() => Console.WriteLine("one"));
try { s.ConfigureAwait(false).GetAwaiter().OnCompleted(() => { }); } catch (InvalidOperationException) { Console.WriteLine("two"); } // misuse: concurrent-await
op.Set(1);
// two handles of one operation
var op2 = new Op();
new ValueTask<int>(op2, 0).GetAwaiter().UnsafeOnCompleted(() => Console.WriteLine("x"));
try { new ValueTask<int>(op2, 0).GetAwaiter().UnsafeOnCompleted(() => { }); } catch (InvalidOperationException) { Console.WriteLine("y"); } // misuse: concurrent-await
op2.Set(3);
// core itself
var core = new ManualResetValueTaskSourceCore<int>();
core.OnCompleted(_ => { }, null, 0, 0);
try { core.OnCompleted(_ => { }, null, 0, 0); } catch (InvalidOperationException) { Console.WriteLine("core"); } // misuse: concurrent-await

static async Task<int> AwaitAsync(ValueTask<int> vt) => await vt; // misuse: concurrent-await
static async ValueTask<int> WaitFor(Task t) { await t; return 1; }
class Op : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    public void Set(int v) => _core.SetResult(v);
    public int GetResult(short token) => _core.GetResult(token);
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
