// RunContinuationsAsynchronously survives Reset; counts with digit separators; versions around wrap.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var core = new ManualResetValueTaskSourceCore<long> { RunContinuationsAsynchronously = true };
core.Reset();
Console.WriteLine(core.RunContinuationsAsynchronously + " " + core.Version);
core.SetResult(1_000_000_000_000);
Console.WriteLine(core.GetResult(1));
for (int i = 0; i < 65_535; i++) core.Reset();
Console.WriteLine(core.Version + " " + core.GetStatus(0));
var s = new Src();
ValueTask<int> old = s.Next();
for (int i = 0; i < 0x1_0000 - 1; i++) s.Next(); // misuse: not-awaited
try { Console.WriteLine(old.IsCompleted); } catch (InvalidOperationException e) { Console.WriteLine(e.Message); } // misuse: stale-token
s.Next(); s.Set(42); // misuse: not-awaited
Console.WriteLine(old.Result); // misuse: stale-token, token-wraparound
class Src : IValueTaskSource<int>
{
    ManualResetValueTaskSourceCore<int> _c;
    public ValueTask<int> Next() { _c.Reset(); return new(this, _c.Version); }
    public void Set(int v) => _c.SetResult(v);
    public int GetResult(short token) => _c.GetResult(token);
    public ValueTaskSourceStatus GetStatus(short token) => _c.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _c.OnCompleted(c, s, t, f);
}
