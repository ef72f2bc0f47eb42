using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var signal = new Signal();
Task worker = WorkAsync(signal, 3);
for (int i = 1; i <= 3; i++)
{
    Console.WriteLine($"set {i}");
    signal.Set();
}
await worker;
signal.Set();
ValueTask ready = signal.WaitAsync();
Console.WriteLine($"set before wait: {ready.IsCompleted}");
await ready;

static async Task WorkAsync(Signal signal, int rounds)
{
    for (int i = 1; i <= rounds; i++)
    {
        await signal.WaitAsync();
        Console.WriteLine($"  round {i}");
    }
}

class Signal : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _core;
    public ValueTask WaitAsync() => new ValueTask(this, _core.Version);
    public void Set() => _core.SetResult(true);
    public void GetResult(short token) { _core.GetResult(token); _core.Reset(); }
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    static void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
