using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

IAsyncEnumerable<int> seq = CountAsync("s", 4);
Console.WriteLine("created");
await foreach (int n in seq)
{
    Console.WriteLine($"item {n}");
    if (n == 2) break;
}
int sum = 0;
await foreach (int n in CountAsync("t", 3).ConfigureAwait(false)) sum += n;
Console.WriteLine($"sum {sum}");
var cts = new CancellationTokenSource();
try
{
    await foreach (int n in CountAsync("u", 9).WithCancellation(cts.Token)) { Console.WriteLine($"item {n}"); cts.Cancel(); }
}
catch (OperationCanceledException e) { Console.WriteLine($"canceled {e.CancellationToken == cts.Token}"); }

static async IAsyncEnumerable<int> CountAsync(string name, int to, [EnumeratorCancellation] CancellationToken token = default)
{
    Console.WriteLine($"{name} starts");
    try
    {
        for (int i = 1; i <= to; i++)
        {
            token.ThrowIfCancellationRequested();
            await ValueTask.Yield();
            yield return i;
        }
    }
    finally { Console.WriteLine($"{name} finally"); }
}
