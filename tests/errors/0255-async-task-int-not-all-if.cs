class P
{
    static async Task<int> G(bool b)
    {
        await Task.Delay(1);
        if (b) return 1;
    }
    static void Main() { }
}
