class P
{
    static async Task Main() { int s = await await Task.FromResult(1); }
}
