class P
{
    static async Task G() { await Task.Delay(1); return 1; }
    static void Main() { }
}
