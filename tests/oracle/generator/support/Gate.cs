// Operations that are pending until the program opens the gate, oldest first; or, on the pool, until a worker comes by.
static class Gate
{
    private static readonly Queue<Action> waiting = new();

    private static void Add(Action complete)
    {
        if (Pool)
        {
            ThreadPool.QueueUserWorkItem(_ => complete());
        }
        else
        {
            waiting.Enqueue(complete);
        }
    }

    public static bool Open()
    {
        if (!waiting.TryDequeue(out Action? complete))
        {
            return false;
        }
        complete();
        return true;
    }

    public static void Drain()
    {
        while (Open())
        {
        }
    }

    public static Task<T> Task<T>(T value)
    {
        var source = new TaskCompletionSource<T>();
        Add(() => source.SetResult(value));
        return source.Task;
    }

    public static Task Plain()
    {
        var source = new TaskCompletionSource();
        Add(source.SetResult);
        return source.Task;
    }

    public static Task<T> Fail<T>(string message)
    {
        var source = new TaskCompletionSource<T>();
        Add(() => source.SetException(new FormatException(message)));
        return source.Task;
    }

    public static Task FailPlain(string message)
    {
        var source = new TaskCompletionSource();
        Add(() => source.SetException(new FormatException(message)));
        return source.Task;
    }

    public static Task<T> Cancel<T>()
    {
        var source = new TaskCompletionSource<T>();
        Add(() => source.SetCanceled());
        return source.Task;
    }

    public static async Task<T> Later<T>(T value)
    {
        await System.Threading.Tasks.Task.Delay(1);
        return value;
    }

    public static ValueTask<T> Value<T>(T value) => new(Task(value));

    public static ValueTask PlainValue() => new(Plain());

    public static ValueTask<T> Pooled<T>(T value)
    {
        PooledSource<T> source = PooledSource<T>.Rent();
        short token = source.Version;
        Add(() => source.SetResult(value));
        return new ValueTask<T>(source, token);
    }

    public static ValueTask<T> Core<T>(T value)
    {
        var source = new CoreSource<T>();
        Add(() => source.SetResult(value));
        return new ValueTask<T>(source, source.Version);
    }

    public static ValueTask PlainSource()
    {
        var source = new CoreSource<bool>();
        Add(() => source.SetResult(true));
        return new ValueTask(source, source.Version);
    }

    public static ValueTask<T> FailSource<T>(string message)
    {
        PooledSource<T> source = PooledSource<T>.Rent();
        short token = source.Version;
        Add(() => source.SetException(new FormatException(message)));
        return new ValueTask<T>(source, token);
    }

    public static ValueTask<T> Hand<T>(T value)
    {
        var source = new HandSource<T>();
        Add(() => source.Complete(value));
        return new ValueTask<T>(source, 7);
    }

    public static readonly bool Pool = POOL;
}
