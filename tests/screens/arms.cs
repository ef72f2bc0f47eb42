using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var source = new Source();
ValueTask<int> result = new ValueTask<int>(7);
ValueTask<int> task = new ValueTask<int>(Task.FromResult(8));
ValueTask<int> fresh = source.Start();
ValueTask<int> stale = fresh;
source.Finish(9);
int nine = await fresh;
source.Start();

class Source : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> core;
    public ValueTask<int> Start() => new ValueTask<int>(this, core.Version);
    public void Finish(int value) => core.SetResult(value);
    public int GetResult(short token)
    {
        int value = core.GetResult(token);
        core.Reset();
        return value;
    }
    public ValueTaskSourceStatus GetStatus(short token) => core.GetStatus(token);
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        core.OnCompleted(continuation, state, token, flags);
}
