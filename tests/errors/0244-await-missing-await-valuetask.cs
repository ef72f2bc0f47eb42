class P
{
    static ValueTask<int> G() => new(1);
    static async Task Main() { int s = G(); await Task.Yield(); }
}
