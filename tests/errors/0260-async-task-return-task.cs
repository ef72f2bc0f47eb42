class P
{
    static async Task G() { await Task.Delay(1); return Task.CompletedTask; }
    static void Main() { }
}
