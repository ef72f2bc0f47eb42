using System;
using System.Threading.Tasks;

Console.WriteLine(await RunAsync(false));
Console.WriteLine(await RunAsync(true));

static async Task<int> RunAsync(bool fail)
{
    try
    {
        Console.WriteLine("try");
        await LogAsync("body");
        if (fail) throw new InvalidOperationException("boom");
        return 1;
    }
    catch (InvalidOperationException e)
    {
        await LogAsync("catch " + e.Message);
        return 2;
    }
    finally
    {
        await LogAsync("finally");
    }
}

static ValueTask LogAsync(string text)
{
    await Task.Yield();
    Console.WriteLine("  log: " + text);
}
