class P
{
    static Task<string> G() => Task.FromResult("a");
    static async Task Main() { string s = G(); await Task.Yield(); }
}
