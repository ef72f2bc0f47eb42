class A : IAsyncDisposable { public ValueTask DisposeAsync() => default; }
class P { static void Main() { await using var a = new A(); } }
