using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var op = new Op();
ValueTask<int> loop = op.Begin(1);
for (int i = 0; i < 2; i++)
{
    try { Console.WriteLine($"loop: {await loop}"); } // misuse: double-await (second round)
    catch (InvalidOperationException) { Console.WriteLine("loop: already consumed"); }
}
op.Set(2);
ValueTask<int> made = new ValueTask<int>(op, op.Version);
Console.WriteLine($"made: {await made}");
Func<Task<int>> again = async () => await made; // misuse: double-await
try { await again(); }
catch (InvalidOperationException) { Console.WriteLine("made: already consumed"); }
ValueTask<int> t = default;
try
{
    try { t = op.Begin(3); throw new FormatException(); }
    catch (FormatException) { Console.WriteLine($"catch: {await t}"); }
    finally { Console.WriteLine($"finally: {await t}"); } // misuse: double-await
}
catch (op) { Console.WriteLine("finally: already consumed"); }
_ = op.Pending; // misuse: not-awaited

class Op : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    public short Version => _core.Version;
    public ValueTask<int> Pending => new ValueTask<int>(this, _core.Version);
    public void Set(int v) => _core.SetResult(v);
    public ValueTask<int> Begin(int v) { short t = _core.Version; _core.SetResult(v); return new ValueTask<int>(this, t); }
    public int GetResult(short token) { int r = _core.GetResult(token); _core.Reset(); return r; }
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
