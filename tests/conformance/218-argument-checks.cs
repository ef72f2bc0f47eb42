// Argument checks before the async part: wrapper plus local async function; against checks inside the async method.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

try
{
    _ = Checked.LoadAsync(null!);
    Console.WriteLine("not reached");
}
catch (ArgumentNullException e)
{
    Console.WriteLine("at the call: " + e.Message);
}

Task<int> late = Checked.LateAsync(null!);
Console.WriteLine("late: " + late.Status);
try
{
    await late;
}
catch (ArgumentNullException e)
{
    Console.WriteLine("at the await: " + e.ParamName);
}

Console.WriteLine(await Checked.LoadAsync("abc"));
try
{
    _ = Checked.Range(5);
}
catch (ArgumentOutOfRangeException e)
{
    Console.WriteLine(e.Message.ReplaceLineEndings("|") + " " + e.ActualValue);
}

try
{
    ArgumentException.ThrowIfNullOrEmpty("");
}
catch (ArgumentException e)
{
    Console.WriteLine(e.Message);
}

try
{
    ArgumentException.ThrowIfNullOrWhiteSpace("  ", "ws");
}
catch (ArgumentException e)
{
    Console.WriteLine(e.Message);
}

try
{
    ArgumentOutOfRangeException.ThrowIfNegative(-3);
}
catch (ArgumentException e)
{
    Console.WriteLine(e.Message.ReplaceLineEndings("|"));
}

try
{
    ArgumentOutOfRangeException.ThrowIfGreaterThan(5, 3, "five");
}
catch (ArgumentException e)
{
    Console.WriteLine(e.Message.ReplaceLineEndings("|"));
}

try
{
    ArgumentOutOfRangeException.ThrowIfZero(0);
}
catch (ArgumentException e)
{
    Console.WriteLine(e.Message.ReplaceLineEndings("|"));
}

try
{
    ArgumentOutOfRangeException.ThrowIfEqual("a", "a");
}
catch (ArgumentException e)
{
    Console.WriteLine(e.Message.ReplaceLineEndings("|"));
}

try
{
    ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(2.5, 2.5);
}
catch (ArgumentException e)
{
    Console.WriteLine(e.Message.ReplaceLineEndings("|"));
}

try
{
    ObjectDisposedException.ThrowIf(true, typeof(Checked));
}
catch (ObjectDisposedException e)
{
    Console.WriteLine(e.Message.ReplaceLineEndings("|"));
}

try
{
    ObjectDisposedException.ThrowIf(true, "inst");
}
catch (ObjectDisposedException e)
{
    Console.WriteLine(e.ObjectName);
}

Console.WriteLine(new ArgumentException("msg", "p").Message + "|" + new ArgumentException().Message + "|" + new ArgumentNullException().Message + "|" + new ArgumentNullException("p", "msg").Message + "|" + new ArgumentOutOfRangeException("p", 3, "msg").Message.ReplaceLineEndings("/"));
static class Checked
{
    public static Task<int> LoadAsync(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Core();
        async Task<int> Core()
        {
            await Task.Yield();
            return s.Length;
        }
    }

    public static async Task<int> LateAsync(string s)
    {
        if (s is null)
            throw new ArgumentNullException(nameof(s));
        await Task.Yield();
        return s.Length;
    }

    public static ValueTask<int> Range(int i) => i is >= 0 and < 3 ? new(i) : throw new ArgumentOutOfRangeException(nameof(i), i, "must be small");
}
