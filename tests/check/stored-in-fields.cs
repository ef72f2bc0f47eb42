using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;
var c = new Client();
c.Start(1);
c.Start(2);
try { Console.WriteLine(await c.First); } catch (InvalidOperationException) { Console.WriteLine("old"); } // misuse: stored-then-awaited
Console.WriteLine(await c.Last);
var s = new Service();
Console.WriteLine(await s.GetAsync());
try { Console.WriteLine(await s.GetAsync()); } catch (InvalidOperationException) { Console.WriteLine("again"); } // misuse: stored-then-awaited
var lazy = new Lazy<ValueTask<int>>(() => Once());
Console.WriteLine(await lazy.Value);
Console.WriteLine(await lazy.Value); // misuse: stored-then-awaited
static async ValueTask<int> Once() { await Task.Yield(); return 6; }
class Service
{
    private readonly Meter _meter = new();
    private ValueTask<int>? _cached;
    public ValueTask<int> GetAsync() { if (_cached == null) { _cached = _meter.Read(); _meter.Done(5); } return _cached.Value; }
}
class Client
{
    private readonly Meter _meter = new();
    public ValueTask<int> First, Last;
    public void Start(int v) { Last = _meter.Read(); if (v == 1) First = Last; _meter.Done(v); }
}
class Meter : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    private bool _used;
    public ValueTask<int> Read() { if (_used) _core.Reset(); _used = true; return new(this, _core.Version); }
    public void Done(int v) => _core.SetResult(v);
    public int GetResult(short token) => _core.GetResult(token);
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
