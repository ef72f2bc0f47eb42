using System;
using System.Collections.Generic;
using System.Threading.Tasks;

for (int round = 0; round < 2; round++)
{
    long a = GC.GetAllocatedBytesForCurrentThread();
    IAsyncEnumerable<int> seq = CountAsync(5);
    long b = GC.GetAllocatedBytesForCurrentThread();
    IAsyncEnumerator<int> e = seq.GetAsyncEnumerator();
    long c = GC.GetAllocatedBytesForCurrentThread();
    int sum = 0;
    while (e.MoveNextAsync().Result) sum += e.Current;
    ValueTask end = e.DisposeAsync();
    long d = GC.GetAllocatedBytesForCurrentThread();
    Console.WriteLine(round == 0 ? "warm-up" : $"create: {b - a} enumerator: {c - b} items: {d - c} sum: {sum} disposed: {end.IsCompleted}");
    end.GetAwaiter().GetResult();
}

static IAsyncEnumerable<int> CountAsync(int n)
{
    for (int i = 1; i <= n; i++)
    {
        await Task.CompletedTask;
        yield return i * 100;
    }
}
