// A ValueTask may be awaited once. What happens when it is awaited twice depends on what is inside, and that is why the
// mistake survives: it works with a plain result, it works with a Task, and it fails (or worse) with a pooled source.
using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

await AwaitTwiceAsync("a plain result", new ValueTask<int>(1));
await AwaitTwiceAsync("a Task", new ValueTask<int>(WaitAsync()));
await AwaitTwiceAsync("a source", new Source().ReadAsync(3));

// Worse than an exception: between the two awaits somebody else begins an operation on the same source and the version happens
// to be one that the old ValueTask accepts. After 65,536 operations the 16-bit token starts again.
var source = new Source();
ValueTask<int> stale = source.ReadAsync(4);
Console.WriteLine($"stale, first await:  {await stale}");
for (int i = 0; i < 65535; i++)
{
    await source.ReadAsync(i);
}
ValueTask<int> somebodyElse = source.ReadAsync(999);
Console.WriteLine($"stale, second await: {await stale}, which is somebody else's");

static async Task<int> WaitAsync()
{
    await Task.Yield();
    return 2;
}

static async Task AwaitTwiceAsync(string inside, ValueTask<int> value)
{
    int first = await value;
    try
    {
        int second = await value;
        Console.WriteLine($"{inside}: {first}, then {second}");
    }
    catch (InvalidOperationException)
    {
        Console.WriteLine($"{inside}: {first}, then InvalidOperationException");
    }
}

class Source : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;

    public ValueTask<int> ReadAsync(int value)
    {
        var result = new ValueTask<int>(this, _core.Version);
        _core.SetResult(value);
        return result;
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    public int GetResult(short token)
    {
        int result = _core.GetResult(token);
        _core.Reset();
        return result;
    }
}
