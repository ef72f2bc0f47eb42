using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var meter = new Meter();
ValueTask<int> first = meter.ReadAsync();
meter.Complete(10);
ValueTask<int> second = meter.ReadAsync();
meter.Complete(20);
int sum = 0;
try { sum += await first; } // misuse: stored-then-awaited
catch (InvalidOperationException e) { Console.WriteLine("first: " + e.Message); }
sum += await second;
Console.WriteLine(sum);

class Meter : IValueTaskSource<long>
{
    private ManualResetValueTaskSourceCore<int> _core;
    private bool _started;
    public ValueTask<int> ReadAsync()
    {
        if (_started) _core.Reset();
        _started = true;
        return new ValueTask<int>(this, _core.Version);
    }
    public void Complete(int v) => _core.SetResult(v);
    public int GetResult(short token) => _core.GetResult(token);
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
