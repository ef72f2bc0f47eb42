class P
{
    static async ValueTask<int> G() { await Task.Yield(); return 1; }
    static async Task Main() { int x = await G() + G(); }
}
