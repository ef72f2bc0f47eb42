using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
// thread safety & lazy async & double-check
var l = new AsyncLazy<int>(async () => { Console.WriteLine("init"); await Task.Delay(1); return 42; });
Console.WriteLine(await l + await l);
Console.WriteLine(Singleton.Instance == Singleton.Instance);
var counter = new Counter();
var ths = Enumerable.Range(0, 4).Select(_ => new Thread(() => { for (int i = 0; i < 50; i++) counter.Inc(); })).ToArray();
foreach (var t in ths) t.Start();
foreach (var t in ths) t.Join();
Console.WriteLine(counter.Value);
Console.WriteLine(new ThreadLocal<string>(() => "tl").Value);
int seen = 0;
var mre = new ManualResetEvent(false);
ThreadPool.RegisterWaitForSingleObject(mre, (s, to) => { seen = to ? 1 : 2; }, null, 1000, true);
mre.Set();
Thread.Sleep(5);
Console.WriteLine(seen);
class AsyncLazy<T>(Func<Task<T>> f)
{
    readonly Lazy<Task<T>> l = new(() => Task.Run(f));
    public System.Runtime.CompilerServices.TaskAwaiter<T> GetAwaiter() => l.Value.GetAwaiter();
}
sealed class Singleton
{
    static readonly Lazy<Singleton> l = new(() => new Singleton());
    Singleton() { }
    public static Singleton Instance => l.Value;
}
class Counter
{
    int v;
    public int Value => Volatile.Read(ref v);
    public void Inc() { int o; do { o = v; } while (Interlocked.CompareExchange(ref v, o + 1, o) != o); }
}
