class P
{
    static Task<List<int>> G() => Task.FromResult(new List<int>());
    static async Task Main() { foreach (var x in G()) { } await Task.Yield(); }
}
