using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
// IObservable / Rx like
var s = new Subject<int>();
using (s.Subscribe(new Obs("a"))) { s.OnNext(1); var b = s.Subscribe(new Obs("b")); s.OnNext(2); b.Dispose(); s.OnNext(3); } s.OnNext(4);
s.OnCompleted();
class Subject<T> : IObservable<T>, IObserver<T>
{
    readonly List<IObserver<T>> o = [];
    public IDisposable Subscribe(IObserver<T> x) { o.Add(x); return new D(() => o.Remove(x)); }
    public void OnNext(T v) { foreach (var x in o.ToArray()) x.OnNext(v); }
    public void OnError(Exception e) { foreach (var x in o) x.OnError(e); }
    public void OnCompleted() { foreach (var x in o) x.OnCompleted(); }
    sealed class D(Action a) : IDisposable { public void Dispose() => a(); }
}
class Obs(string n) : IObserver<int>
{
    public void OnNext(int v) => Console.WriteLine(n + v);
    public void OnError(Exception e) { }
    public void OnCompleted() => Console.WriteLine(n + " done");
}
