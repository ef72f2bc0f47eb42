class P
{
    static Task<bool> G() => Task.FromResult(true);
    static async Task Main() { if (G()) { } await Task.Yield(); }
}
