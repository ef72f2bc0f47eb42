// An async void method tells its SynchronizationContext.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
// async event handlers, void methods and exceptions
var ctx = new Ctx();
SynchronizationContext.SetSynchronizationContext(ctx);
Fire();
Console.WriteLine("after fire " + ctx.Ops);
ctx.Pump();
Console.WriteLine(ctx.Ops + " " + ctx.Error?.Message);
async void Fire() { Console.WriteLine("in"); await Task.Yield(); throw new InvalidOperationException("void!"); }
class Ctx : SynchronizationContext
{
    readonly Queue<Action> q = new();
    public int Ops;
    public Exception? Error;
    public override void Post(SendOrPostCallback d, object? s) => q.Enqueue(() => d(s));
    public override void OperationStarted() => Ops++;
    public override void OperationCompleted() => Ops--;
    public void Pump() { while (q.Count > 0) try { q.Dequeue()(); } catch (Exception e) { Error = e; } }
}
