class P
{
    static void M(out int x) { x = 1; }
    static async Task Main() { M(out await Task.FromResult(1)); }
}
