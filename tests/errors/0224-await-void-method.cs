class P
{
    static void G() { }
    static async Task Main() { await G(); }
}
