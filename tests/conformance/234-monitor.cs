// Monitor: Wait and Pulse between a pool thread and main, reentrancy, TryEnter, lock statement, Interlocked.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var gate = new object ();
var q = new Queue<int>();
var got = new List<int>();
Task consumer = Task.Run(() =>
{
    for (int i = 0; i < 3; i++)
        lock (gate)
        {
            while (q.Count == 0)
                Monitor.Wait(gate);
            got.Add(q.Dequeue());
        }
});
for (int i = 0; i < 3; i++)
    lock (gate)
    {
        q.Enqueue(i * 10);
        Monitor.PulseAll(gate);
    }

await consumer;
Console.WriteLine(string.Join(",", got));
lock (gate)
{
    lock (gate)
    {
        Console.WriteLine(Monitor.IsEntered(gate));
    }

    Console.WriteLine(Monitor.IsEntered(gate));
    Console.WriteLine(Task.Run(() => Monitor.TryEnter(gate, 0)).Result);
}

Console.WriteLine(Monitor.IsEntered(gate));
bool taken = false;
try
{
    Monitor.Enter(gate, ref taken);
}
finally
{
    if (taken)
        Monitor.Exit(gate);
}

Console.WriteLine(taken);
try
{
    Monitor.Exit(gate);
}
catch (SynchronizationLockException e)
{
    Console.WriteLine(e.Message);
}

try
{
    Monitor.Wait(gate);
}
catch (SynchronizationLockException e)
{
    Console.WriteLine(e.GetType().Name);
}

try
{
    lock ((object)null!)
    {
    }
}
catch (ArgumentNullException e)
{
    Console.WriteLine(e.ParamName);
}

lock (gate)
    Console.WriteLine(Monitor.Wait(gate, 5));
int x = 5;
Console.WriteLine(Interlocked.Add(ref x, 3) + " " + Interlocked.Exchange(ref x, 1) + " " + Interlocked.CompareExchange(ref x, 7, 1) + " " + x + " " + Interlocked.Increment(ref x) + " " + Interlocked.Decrement(ref x) + " " + Interlocked.Or(ref x, 8) + x + Interlocked.And(ref x, 8) + x);
long l = long.MaxValue;
Console.WriteLine(Interlocked.Increment(ref l));
string? s = "a";
Console.WriteLine(Interlocked.Exchange(ref s, null) + (s is null) + Interlocked.CompareExchange(ref s, "b", null) + s);
Console.WriteLine(Volatile.Read(ref x));
var mre = new ManualResetEventSlim();
Task.Run(() => mre.Set());
mre.Wait();
Console.WriteLine(mre.IsSet + " " + mre.Wait(0));
mre.Reset();
Console.WriteLine(mre.Wait(1));
var are = new AutoResetEvent(true);
Console.WriteLine(are.WaitOne(0) + " " + are.WaitOne(0));
var cd = new CountdownEvent(2);
cd.Signal();
Console.WriteLine(cd.CurrentCount + " " + cd.IsSet + cd.Signal() + cd.IsSet);
int sum = 0;
var ths = Enumerable.Range(0, 3).Select(i => new Thread(() => Interlocked.Add(ref sum, i))).ToList();
ths.ForEach(t => t.Start());
ths.ForEach(t => t.Join());
Console.WriteLine(sum);
var bar = new Barrier(1, b => Console.Write("phase " + b.CurrentPhaseNumber + " "));
bar.SignalAndWait();
bar.SignalAndWait();
Console.WriteLine(bar.CurrentPhaseNumber);
