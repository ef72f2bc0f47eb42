// Async iterators: cancellation, mapping, by hand, breaking, failing, merging.
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

using var source = new CancellationTokenSource();
try
{
    await foreach (int n in Count(5).WithCancellation(source.Token))
    {
        Console.WriteLine(n);
        if (n == 2) source.Cancel();
    }
}
catch (OperationCanceledException e) { Console.WriteLine($"canceled {e.CancellationToken == source.Token}"); }
await foreach (string s in Map(Count(3), n => $"<{n}>").ConfigureAwait(false)) Console.Write(s);
Console.WriteLine();
await using (var e = Count(2).GetAsyncEnumerator())
{
    Console.WriteLine($"{e.Current} {await e.MoveNextAsync()} {e.Current} {await e.MoveNextAsync()} {e.Current} {await e.MoveNextAsync()} {await e.MoveNextAsync()}");
}
await foreach (int n in Broken()) { Console.Write($"{n} "); if (n == 1) break; }
try { await foreach (int n in Broken()) Console.Write($"{n} "); } catch (FormatException e) { Console.WriteLine(e.Message); }
Console.WriteLine(await Sum(Merge(Count(3), Count(2))));

static async IAsyncEnumerable<int> Count(int limit, [EnumeratorCancellation] CancellationToken token = default)
{
    try
    {
        for (int i = 0; i < limit; i++)
        {
            token.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return i;
        }
    }
    finally { Console.Write($"[end {limit}] "); }
}

static async IAsyncEnumerable<TOut> Map<TIn, TOut>(IAsyncEnumerable<TIn> from, Func<TIn, TOut> map)
{
    await foreach (TIn item in from) yield return map(item);
}

static async IAsyncEnumerable<int> Broken()
{
    yield return 0;
    yield return 1;
    await Task.CompletedTask;
    throw new FormatException("broken");
}

static async IAsyncEnumerable<int> Merge(params IAsyncEnumerable<int>[] all)
{
    foreach (var one in all) await foreach (int n in one) yield return n;
}

static async ValueTask<int> Sum(IAsyncEnumerable<int> all) { int sum = 0; await foreach (int n in all) sum += n; return sum; }
