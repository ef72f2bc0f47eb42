using System;
using System.Collections.Generic;
using System.Threading.Tasks;

IAsyncEnumerator<int> e = CountAsync().GetAsyncEnumerator();
ValueTask<bool> first = e.MoveNextAsync();
Console.WriteLine(await first);
ValueTask<bool> second = e.MoveNextAsync();
try { Console.WriteLine(await first); } // misuse: stale-token
catch (InvalidOperationException ex) { Console.WriteLine(ex.Message); }
Console.WriteLine(await second);
Console.WriteLine(e.Current);
await e.DisposeAsync();

static async IAsyncEnumerable<int> CountAsync()
{
    for (int i = 1; ; i++)
    {
        await Task.Yield();
        yield return i;
    }
}
