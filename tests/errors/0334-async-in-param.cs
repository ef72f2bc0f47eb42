class P
{
    static async Task G(in int x) { await Task.Delay(1); }
    static void Main() { }
}
