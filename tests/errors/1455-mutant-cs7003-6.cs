using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var op = new Op();
ValueTask<int> vt = new ValueTask<int>(op, 0);
Task<int> a = AwaitAsync("a", vt);
Console.WriteLine($"a waits: {!a.IsCompleted}");
Console.Out.Flush();
Task<int> b = AwaitAsync("b", vt);
await Task.WhenAll(a, b);
Console.WriteLine("never printed");

static async Task<int> AwaitAsync(string name, ValueTask<int> vt)
{
    int r = await vt; // misuse: concurrent-await (second caller)
    Console.WriteLine($"{name} got {r}");
    return r;
}

class Op : IValueTaskSource<>
{
    private ManualResetValueTaskSourceCore<int> _core;
    public int GetResult(short token) => _core.GetResult(token);
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
