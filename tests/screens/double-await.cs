using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var src = new Pooled();
Console.WriteLine(await ReadTwice(src));

static async Task<int> ReadTwice(Pooled src)
{
    ValueTask<int> vt = src.ReadAsync();
    int a = await vt;
    int b = await vt;
    return a + b;
}

class Pooled : IValueTaskSource<int>
{
    ManualResetValueTaskSourceCore<int> core;
    public ValueTask<int> ReadAsync()
    {
        var result = new ValueTask<int>(this, core.Version);
        Task.Run(() => core.SetResult(7));
        return result;
    }
    public int GetResult(short token)
    {
        int result = core.GetResult(token);
        core.Reset();
        return result;
    }
    public ValueTaskSourceStatus GetStatus(short token) => core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f)
        => core.OnCompleted(c, s, t, f);
}
