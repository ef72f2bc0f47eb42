using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;
// delegating source, two cores, inheritance, struct core nested
var d = new Outer();
ValueTask<int> one = d.Begin();
d.End(1);
Console.WriteLine(await one);
try { Console.WriteLine(await one); } catch (InvalidOperationException) { Console.WriteLine("spent"); } // misuse: double-await
ValueTask<int> two = d.Begin();
ValueTask<int> r = d.BeginRead(), w = d.BeginWrite();
d.EndWrite(3); d.EndRead(2);
Console.WriteLine(await w + await r);
d.End(5);
Console.WriteLine(await two);
for (int i = 0; i < 3; i++) { var v = d.BeginRead(); d.EndRead(i); Console.WriteLine(await v); }
var der = new Derived();
var dv = der.Start(); der.Finish(4);
Console.WriteLine(await dv);
var dv2 = der.Start(); der.Finish(5);
Console.WriteLine(await dv2.AsTask());
try { await dv; } catch (InvalidOperationException) { Console.WriteLine("stale"); } // misuse: stale-token
var tcsSource = new TcsWrapper();
var a = tcsSource.Wait(); tcsSource.Signal();
await a;
var a2 = tcsSource.Wait(); tcsSource.Signal();
await a2;
class TcsWrapper { TaskCompletionSource _t = new(); public ValueTask Wait() { _t = new(); return new ValueTask(_t.Task); } public void Signal() => _t.TrySetResult(); }
class Base<T> : IValueTaskSource<T>
{
    protected ManualResetValueTaskSourceCore<T> Core;
    public virtual T GetResult(short token) { try { return Core.GetResult(token); } finally { Core.Reset(); } }
    public ValueTaskSourceStatus GetStatus(short token) => Core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => Core.OnCompleted(c, s, t, f);
}
class Derived : Base<int> { public ValueTask<int> Start() => new(this, Core.Version); public void Finish(int v) => Core.SetResult(v); }
class Inner : Base<int> { public short Version => Core.Version; public void Set(int v) => Core.SetResult(v); }
class Outer : IValueTaskSource<int>
{
    private readonly Inner _inner = new();
    private readonly Derived _read = new(), _write = new();
    public ValueTask<int> Begin() => new(this, _inner.Version);
    public void End(int v) => _inner.Set(v);
    public ValueTask<int> BeginRead() => _read.Start();
    public ValueTask<int> BeginWrite() => _write.Start();
    public void EndRead(int v) => _read.Finish(v);
    public void EndWrite(int v) => _write.Finish(v);
    public int GetResult(short token) => _inner.GetResult(token);
    public ValueTaskSourceStatus GetStatus(short token) => _inner.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _inner.OnCompleted(c, s, t, f);
}
