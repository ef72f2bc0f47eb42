// A pooled source over ManualResetValueTaskSourceCore.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
// IValueTaskSource with pooling, ManualResetValueTaskSourceCore
var src = new PooledSource(); for (int i = 0; i < 3; i++) { var vt = src.Start(i); src.Complete(i * 10); Console.WriteLine(await vt); } var p = src.Start(5); Console.WriteLine(p.IsCompleted); _ = Task.Run(async () => { await Task.Delay(1); src.Complete(7); }); Console.WriteLine(await p); try { await p; } catch (InvalidOperationException e) { Console.WriteLine(e.Message); } var q = src.Start(1); src.Fail(new TimeoutException("late")); try { await q; } catch (TimeoutException e) { Console.WriteLine(e.Message); } Console.WriteLine(src.Resets); // misuse: double-await
class PooledSource : System.Threading.Tasks.Sources.IValueTaskSource<int>
{
    System.Threading.Tasks.Sources.ManualResetValueTaskSourceCore<int> core;
    public int Resets;
    public ValueTask<int> Start(int n) => new(this, core.Version);
    public void Complete(int r) => core.SetResult(r);
    public void Fail(Exception e) => core.SetException(e);
    public int GetResult(short t) { try { return core.GetResult(t); } finally { core.Reset(); Resets++; } }
    public System.Threading.Tasks.Sources.ValueTaskSourceStatus GetStatus(short t) => core.GetStatus(t);
    public void OnCompleted(Action<object?> c, object? s, short t, System.Threading.Tasks.Sources.ValueTaskSourceOnCompletedFlags f) => core.OnCompleted(c, s, t, f);
}
