class R : IAsyncDisposable { public async ValueTask DisposeAsync() { await Task.Yield(); Console.WriteLine("disposed"); } }
class P { static async Task Main() { await using var r = new R(); await using (new R()) { Console.WriteLine("in"); } using (var q = new R().ConfigureAwait(false)) { } } }
