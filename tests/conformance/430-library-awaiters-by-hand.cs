// Awaiters used and written by hand.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
// explicit state machine awaiter usage
var aw = Task.Delay(5).GetAwaiter();
var done = new ManualResetEventSlim();
if (!aw.IsCompleted) aw.OnCompleted(() => { Console.WriteLine("completed"); done.Set(); });
done.Wait();
aw.GetResult();
var cfg = Task.FromResult(5).ConfigureAwait(false).GetAwaiter();
Console.WriteLine(cfg.IsCompleted + " " + cfg.GetResult());
var y = Task.Yield().GetAwaiter();
Console.WriteLine(y.IsCompleted);
var m = new ManualResetEventSlim();
y.OnCompleted(m.Set);
m.Wait();
y.GetResult();
ValueTask<int> vt = new(Task.FromResult(3));
var va = vt.GetAwaiter();
Console.WriteLine(va.GetResult());
var loop = new Loop();
Console.WriteLine(await loop);
Console.WriteLine(await loop);
class Loop : System.Runtime.CompilerServices.ICriticalNotifyCompletion
{
    int n;
    public Loop GetAwaiter() => this;
    public bool IsCompleted { get { Console.WriteLine("IsCompleted"); return n++ > 0; } }
    public void OnCompleted(Action c) => UnsafeOnCompleted(c);
    public void UnsafeOnCompleted(Action c) { Console.WriteLine("hook"); c(); }
    public string GetResult() { Console.WriteLine("GetResult"); return "r" + n; }
}
