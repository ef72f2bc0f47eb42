class P
{
    static async Task<int> G() { await Task.Delay(1); return; }
    static void Main() { }
}
