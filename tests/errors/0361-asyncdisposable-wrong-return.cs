class A : IAsyncDisposable { public Task DisposeAsync() => Task.CompletedTask; }
class P { static void Main() { } }
