class P
{
    static async Task G(out int x) { x = 1; await Task.Delay(1); }
    static void Main() { }
}
