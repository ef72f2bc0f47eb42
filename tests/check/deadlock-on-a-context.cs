using System;
using System.Threading;
using System.Threading.Tasks;
var ctx = new Ctx();
SynchronizationContext.SetSynchronizationContext(ctx);
Console.WriteLine(Inner().Result); // misuse: sync-over-async, deadlock
static async Task<int> Inner() { await Task.Delay(1); return 3; }
class Ctx : SynchronizationContext { public override void Post(SendOrPostCallback d, object? s) { } }
