class P
{
    static async Task<int> G() { await Task.Delay(1); return Task.FromResult(1); }
    static void Main() { }
}
