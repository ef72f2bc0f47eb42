// Async streams: cancellation token merging, early break, exceptions, LINQ-like helpers, manual enumeration, ConfigureAwait.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

var log = new List<string>();
async IAsyncEnumerable<int> Gen(int n, [EnumeratorCancellation] CancellationToken ct = default)
{
    try
    {
        for (int i = 0; i < n; i++)
        {
            ct.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return i;
        }
    }
    finally
    {
        log.Add("fin");
    }
}

await foreach (int i in Gen(5))
{
    if (i == 2)
        break;
    log.Add("g" + i);
}

using var cts = new CancellationTokenSource();
try
{
    await foreach (int i in Gen(9).WithCancellation(cts.Token))
    {
        log.Add("c" + i);
        if (i == 1)
            cts.Cancel();
    }
}
catch (OperationCanceledException e)
{
    log.Add("oce " + (e.CancellationToken == cts.Token));
}

await using (var e = Gen(2).GetAsyncEnumerator())
{
    while (await e.MoveNextAsync())
        log.Add("m" + e.Current);
    log.Add("more " + await e.MoveNextAsync());
}

static async IAsyncEnumerable<R> Select<T, R>(IAsyncEnumerable<T> s, Func<T, ValueTask<R>> f)
{
    await foreach (var x in s.ConfigureAwait(false))
        yield return await f(x);
}

await foreach (var s in Select(Gen(3), async i =>
{
    await Task.Yield();
    return "s" + i * i;
}))
    log.Add(s);
static async IAsyncEnumerable<int> Bad()
{
    yield return 1;
    await Task.Yield();
    throw new FormatException("stream");
}

try
{
    await foreach (int i in Bad())
        log.Add("b" + i);
}
catch (FormatException e)
{
    log.Add(e.Message);
}

var lazy = Bad();
log.Add("lazy");
var one = Gen(1);
var e1 = one.GetAsyncEnumerator();
var e2 = one.GetAsyncEnumerator();
log.Add(ReferenceEquals(e1, e2) + " " + ReferenceEquals(one, e1));
await e1.DisposeAsync();
await e2.DisposeAsync();
Console.WriteLine(string.Join(",", log));
