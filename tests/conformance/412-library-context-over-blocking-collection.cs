// A single-threaded SynchronizationContext over a BlockingCollection.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
var ctx = new SingleThreadContext();
SynchronizationContext.SetSynchronizationContext(ctx);
Task t = MainAsync(); ctx.RunUntil(t); 
async Task MainAsync()
{
    Console.WriteLine("start");
    await Task.Delay(5);
    Console.WriteLine(SynchronizationContext.Current == ctx);
    await Task.Run(() => Console.WriteLine(SynchronizationContext.Current == null));
    Console.WriteLine(SynchronizationContext.Current == ctx);
    await Task.Delay(1).ConfigureAwait(false);
    Console.WriteLine(SynchronizationContext.Current == null);
}
sealed class SingleThreadContext : SynchronizationContext {
  readonly System.Collections.Concurrent.BlockingCollection<(SendOrPostCallback, object?)> queue = new();
  public override void Post(SendOrPostCallback d, object? state) => queue.Add((d, state));
  public override void Send(SendOrPostCallback d, object? state) => d(state);
  public void RunUntil(Task task)
  {
      task.ContinueWith(_ => queue.CompleteAdding(), TaskScheduler.Default);
      foreach (var (d, s) in queue.GetConsumingEnumerable()) d(s);
      task.GetAwaiter().GetResult();
  }
}
