class P
{
    static async int G() { await Task.Delay(1); return 1; }
    static void Main() { }
}
