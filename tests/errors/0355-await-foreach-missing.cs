class P
{
    static async IAsyncEnumerable<int> G() { await Task.Delay(1); yield return 1; }
    static async Task Main() { foreach (var x in G()) { } await Task.Yield(); }
}
