sealed class Closer(string name) : IDisposable
{
    public void Dispose() => Console.WriteLine($"closed {name}");
}

sealed class AsyncCloser(string name, bool pending) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        Console.WriteLine($"closing {name}");
        if (pending)
        {
            await Gate.Plain();
        }
        Console.WriteLine($"closed {name}");
    }
}
