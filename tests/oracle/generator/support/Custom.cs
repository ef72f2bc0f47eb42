// An awaitable of one's own: not known to the builders.
sealed class Custom<T>(T value, bool done) : INotifyCompletion
{
    private bool _done = done;
    private Action? _continuation;
    public Custom<T> GetAwaiter() => this;
    public bool IsCompleted => _done;
    public T GetResult() => value;

    public void OnCompleted(Action continuation)
    {
        _continuation = continuation;
        Gate.Plain().GetAwaiter().OnCompleted(() => { _done = true; _continuation(); });
    }
}
