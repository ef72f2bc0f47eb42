class P
{
    static async Task Main()
    {
        int x;
        try { x = await Task.FromResult(1); } catch { }
        Console.WriteLine(x);
    }
}
