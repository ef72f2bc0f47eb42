// Disposal patterns: IDisposable and IAsyncDisposable together, await using order, exceptions in body and Dispose, null, structs.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

await using (var a = new Both("a"))
{
    await using var b = new Both("b");
    using var c = new Both("c");
    Console.WriteLine("body");
}

try
{
    await using var x = new Both("x");
    throw new FormatException("body");
}
catch (FormatException e)
{
    Console.WriteLine(e.Message);
}

try
{
    await using var y = new Both("y", true);
    throw new FormatException("body lost");
}
catch (InvalidOperationException e)
{
    Console.WriteLine(e.Message);
}

await using (Both? n = null)
    Console.WriteLine("null ok");
await using (new Both("anon").ConfigureAwait(false))
{
}

for (int i = 0; i < 3; i++)
{
    await using var l = new Both("loop" + i);
    if (i == 1)
        break;
}

await using var st = new SD(4);
Console.WriteLine(await Ret());
static async Task<int> Ret()
{
    await using var r = new Both("ret");
    return 7;
}

var bd = new Both("manual");
await bd.DisposeAsync();
bd.Dispose();
await using var pat = new Pattern();
Console.WriteLine("end");
class Both(string n, bool bad = false) : IDisposable, IAsyncDisposable
{
    public void Dispose() => Console.WriteLine("Dispose " + n);
    public async ValueTask DisposeAsync()
    {
        Console.WriteLine("begin " + n);
        await Task.Yield();
        Console.WriteLine("DisposeAsync " + n);
        if (bad)
            throw new InvalidOperationException("dispose of " + n);
    }
}

struct SD(int v) : IAsyncDisposable
{
    public ValueTask DisposeAsync()
    {
        Console.WriteLine("struct " + v);
        return default;
    }
}

class Pattern
{
    public Task DisposeAsync()
    {
        Console.WriteLine("pattern");
        return Task.CompletedTask;
    }
}
