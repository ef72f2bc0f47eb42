using System;
using System.Threading.Tasks;

try
{
    await OuterAsync();
    Console.WriteLine("not reached");
}
catch (ArgumentException e)
{
    Console.WriteLine($"top: {e.Message}");
}

static async Task OuterAsync()
{
    try { await InnerAsync(); }
    finally { Console.WriteLine("outer finally"); }
}

static async string InnerAsync()
{
    try
    {
        await Task.Yield();
        throw new ArgumentException("inner failed");
    }
    finally { Console.WriteLine("inner finally"); }
}
