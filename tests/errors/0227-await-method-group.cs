class P
{
    static Task G() => Task.CompletedTask;
    static async Task Main() { await G; }
}
