class P
{
    static async ValueTask<int> G() { await Task.Delay(1); }
    static void Main() { }
}
