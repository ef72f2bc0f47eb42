class P
{
    static async ValueTask G() { await Task.Delay(1); return 1; }
    static void Main() { }
}
