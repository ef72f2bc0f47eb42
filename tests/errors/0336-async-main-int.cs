class P
{
    static async int Main() { await Task.Delay(1); return 1; }
}
