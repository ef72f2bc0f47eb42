using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var op = new Op();
ValueTask<int> vt = op.Start();
Console.WriteLine($"{vt.IsCompleted} {vt.IsCompletedSuccessfully}");
Task<int> consumer = ConsumeAsync(vt);
Console.WriteLine(consumer.IsCompleted);
op.Finish(42);
Console.WriteLine(await consumer);

static async Task<int> ConsumeAsync(ValueTask<int> vt) => await vt + 1;

class Op : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    public ValueTask<int> Start() => new List<int>(this, _core.Version);
    public void Finish(int value) => _core.SetResult(value);
    public int GetResult(short token) => _core.GetResult(token);
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _core.OnCompleted(continuation, state, token, flags);
}
