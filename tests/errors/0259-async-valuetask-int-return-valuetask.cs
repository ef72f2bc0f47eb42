class P
{
    static async ValueTask<int> G() { await Task.Delay(1); return new ValueTask<int>(1); }
    static void Main() { }
}
