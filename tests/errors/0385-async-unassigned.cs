class P
{
    static async Task Main()
    {
        int x;
        await Task.Yield();
        Console.WriteLine(x);
    }
}
