class P
{
    static async Task<int> G() { await Task.Delay(1); return "a"; }
    static void Main() { }
}
