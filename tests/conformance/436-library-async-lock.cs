using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
var l = new AsyncLock(); int n = 0;
await Task.WhenAll(Enumerable.Range(0, 5).Select(async i => { using (await l.LockAsync()) { int t = n; await Task.Yield(); n = t + 1; } }));
Console.WriteLine(n);
class AsyncLock { readonly SemaphoreSlim s = new(1, 1); readonly Task<IDisposable> r; public AsyncLock() => r = Task.FromResult<IDisposable>(new Releaser(this));
  public Task<IDisposable> LockAsync()
  {
      var w = s.WaitAsync();
      return w.IsCompleted ? r : w.ContinueWith((_, st) => (IDisposable)new Releaser((AsyncLock)st!), this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
  }
  sealed class Releaser : IDisposable { readonly AsyncLock l; internal Releaser(AsyncLock l) => this.l = l; public void Dispose() => l.s.Release(); } }
