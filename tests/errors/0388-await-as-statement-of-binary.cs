class P
{
    static async Task Main() { await Task.FromResult(1) + 1; }
}
