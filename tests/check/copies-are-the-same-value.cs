using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var op = new Op();
ValueTask<int> a = op.Begin(1);
ValueTask<int> b = a;
Console.WriteLine(await a);
try { Console.WriteLine(await b); } // misuse: double-await
catch (InvalidOperationException) { Console.WriteLine("copy"); }
await TwiceAsync(op.Begin(2));
Make(op, out ValueTask<int> made);
Console.WriteLine(await made);
try { Console.WriteLine(await made); } // misuse: double-await
catch (InvalidOperationException) { Console.WriteLine("out"); }
object boxed = op.Begin(4);
Console.WriteLine(await (ValueTask<int>)boxed);
try { Console.WriteLine(await (ValueTask<int>)boxed); } // misuse: double-await
catch (InvalidOperationException) { Console.WriteLine("box"); }
var tuple = (first: op.Begin(5), second: 1);
var copy = tuple;
Console.WriteLine(await tuple.first);
try { Console.WriteLine(await copy.first); } // misuse: double-await
catch (InvalidOperationException) { Console.WriteLine("tuple"); }
Holder h = new Holder(op.Begin(6));
Holder h2 = h;
Console.WriteLine(await h.Task);
try { Console.WriteLine(await h2.Task); } // misuse: double-await
catch (InvalidOperationException) { Console.WriteLine("struct"); }

static void Make(Op op, out ValueTask<int> result) => result = op.Begin(3);
static async Task TwiceAsync(ValueTask<int> vt)
{
    Console.WriteLine(await vt);
    try { Console.WriteLine(await vt); } // misuse: double-await
    catch (InvalidOperationException) { Console.WriteLine("parameter"); }
}
readonly struct Holder { public readonly ValueTask<int> Task; public Holder(ValueTask<int> t) => Task = t; }
class Op : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    public ValueTask<int> Begin(int v) { short t = _core.Version; _core.SetResult(v); return new ValueTask<int>(this, t); }
    public int GetResult(short token) { int r = _core.GetResult(token); _core.Reset(); return r; }
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
