class CoreSource<T> : IValueTaskSource<T>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<T> _core;
    public short Version => _core.Version;
    public void SetResult(T value) => _core.SetResult(value);
    public T GetResult(short token) => _core.GetResult(token);
    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}

sealed class PooledSource<T> : IValueTaskSource<T>
{
    private static readonly Stack<PooledSource<T>> free = new();
    private ManualResetValueTaskSourceCore<T> _core;

    public static PooledSource<T> Rent()
    {
        lock (free)
        {
            return free.Count > 0 ? free.Pop() : new PooledSource<T>();
        }
    }

    public short Version => _core.Version;
    public void SetResult(T value) => _core.SetResult(value);
    public void SetException(Exception error) => _core.SetException(error);

    public T GetResult(short token)
    {
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _core.Reset();
            lock (free)
            {
                free.Push(this);
            }
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}

// Everything by hand; the operation may be completed on another thread.
sealed class HandSource<T> : IValueTaskSource<T>
{
    private readonly object _lock = new();
    private Action<object?>? _continuation;
    private object? _state;
    private T? _value;
    private bool _done;

    public void Complete(T value)
    {
        lock (_lock)
        {
            _value = value;
            _done = true;
        }
        _continuation?.Invoke(_state);
    }

    public T GetResult(short token) => _value!;

    public ValueTaskSourceStatus GetStatus(short token) => _done ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        lock (_lock)
        {
            if (!_done)
            {
                _state = state;
                _continuation = continuation;
                return;
            }
        }
        continuation(state);
    }
}
