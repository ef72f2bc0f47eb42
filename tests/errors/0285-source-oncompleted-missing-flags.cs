using System.Threading.Tasks.Sources;
class S : IValueTaskSource<int>
{
    ManualResetValueTaskSourceCore<int> core;
    public int GetResult(short token) => core.GetResult(token);
    public ValueTaskSourceStatus GetStatus(short token) => core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => core.OnCompleted(c, s, t);
}
class P { static void Main() { } }
