// SemaphoreSlim, ReaderWriterLockSlim, CountdownEvent, Barrier, events.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
var sem = new SemaphoreSlim(2, 2); int running = 0, max = 0;
async Task Job(int i)
{
    await sem.WaitAsync();
    try { int now = Interlocked.Increment(ref running); max = Math.Max(max, now); await Task.Delay(10); }
    finally { Interlocked.Decrement(ref running); sem.Release(); }
}
await Task.WhenAll(Enumerable.Range(0, 6).Select(Job)); Console.WriteLine(max + " " + sem.CurrentCount);
Console.WriteLine(await sem.WaitAsync(0) + " " + sem.Wait(0) + " " + await sem.WaitAsync(5)); sem.Release(2);
try { sem.Release(); } catch (SemaphoreFullException e) { Console.WriteLine(e.Message); }
var mutex = new SemaphoreSlim(0);
var waiter = mutex.WaitAsync();
Console.WriteLine(waiter.IsCompleted);
mutex.Release();
await waiter;
Console.WriteLine("entered");
using var cts = new CancellationTokenSource(5);
try { await mutex.WaitAsync(cts.Token); }
catch (OperationCanceledException e) { Console.WriteLine(e.Message); }
object gate = new();
int count = 0;
var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() => { for (int i = 0; i < 100; i++) lock (gate) count++; })).ToList();
threads.ForEach(t => t.Start());
threads.ForEach(t => t.Join());
Console.WriteLine(count);
var rw = new ReaderWriterLockSlim();
rw.EnterReadLock();
Console.WriteLine(rw.IsReadLockHeld);
rw.ExitReadLock();
rw.EnterWriteLock();
Console.WriteLine(rw.IsWriteLockHeld);
rw.ExitWriteLock();
var cd = new CountdownEvent(3);
for (int i = 0; i < 3; i++) ThreadPool.QueueUserWorkItem(_ => cd.Signal());
cd.Wait();
Console.WriteLine(cd.IsSet);
var mre = new ManualResetEventSlim(); Task.Run(() => { Thread.Sleep(5); mre.Set(); }); mre.Wait(); Console.WriteLine(mre.IsSet);
var are = new AutoResetEvent(false); Task.Run(() => are.Set()); Console.WriteLine(are.WaitOne() + " " + are.WaitOne(1));
var barrier = new Barrier(2, b => Console.WriteLine("phase " + b.CurrentPhaseNumber));
var t1 = Task.Run(() => { barrier.SignalAndWait(); barrier.SignalAndWait(); });
barrier.SignalAndWait();
barrier.SignalAndWait();
await t1;
