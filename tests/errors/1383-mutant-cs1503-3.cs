using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var pump = new Pump();
SynchronizationContext.SetSynchronizationContext(pump);
var tcs = new TaskCompletionSource<int>();
var op = new Op();
_ = ReadAsync("task", new Task<int>(tcs.Task));
_ = ReadAsync("source", new ValueTask<int>(op, 0));
tcs.SetResult(1);
Console.WriteLine($"after task set: posted={pump.Count}");
op.Set(2);
Console.WriteLine($"after source set: posted={pump.Count}");
pump.Run();

static async Task ReadAsync(string name, ValueTask<int> vt) => Console.WriteLine($"{name} {await vt}");

class Pump : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback, object?)> _work = new();
    public int Count => _work.Count;
    public override void Post(SendOrPostCallback d, object? state) => _work.Enqueue((d, state));
    public void Run() { while (_work.Count > 0) { var (d, s) = _work.Dequeue(); d(s); } }
}

class Op : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    public void Set(int v) => _core.SetResult(v);
    public int GetResult(short token) => _core.GetResult(token);
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
