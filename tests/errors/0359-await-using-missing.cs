class A : IAsyncDisposable { public ValueTask DisposeAsync() => default; }
class P { static async Task Main() { using var a = new A(); await Task.Yield(); } }
