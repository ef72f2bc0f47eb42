// AsyncLocal and ExecutionContext through awaits, timers, threads, the pool.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
// ExecutionContext, AsyncLocal in nested flows
var al = new AsyncLocal<int>();
al.Value = 1;
await A();
Console.WriteLine(al.Value);
async Task A() { al.Value = 2; await B(); Console.WriteLine(al.Value); await Task.Yield(); Console.WriteLine(al.Value); }
async Task B() { al.Value = 3; await Task.Yield(); Console.WriteLine(al.Value); }
var ec = ExecutionContext.Capture()!;
al.Value = 9;
ExecutionContext.Run(ec, _ => Console.WriteLine(al.Value), null);
Console.WriteLine(al.Value);
void Sync() { al.Value = 50; }
Sync();
Console.WriteLine(al.Value);
var timer = new TaskCompletionSource<int>();
using var t = new Timer(_ => timer.SetResult(al.Value), null, 1, -1);
al.Value = 60;
Console.WriteLine(await timer.Task);
new Thread(() => Console.WriteLine(al.Value)).Start();
Thread.Sleep(2);
ThreadPool.UnsafeQueueUserWorkItem(_ => Console.WriteLine("unsafe " + al.Value), null);
Thread.Sleep(2);
ThreadPool.QueueUserWorkItem(_ => Console.WriteLine("safe " + al.Value));
Thread.Sleep(2);
