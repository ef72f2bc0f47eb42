class P
{
    static async Task G(ref int x) { await Task.Delay(1); }
    static void Main() { }
}
