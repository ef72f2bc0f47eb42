// Retries with backoff, fallbacks, circuit breaker and timeouts as async higher-order functions.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

int calls = 0;
Console.WriteLine(await Retry(async () =>
{
    await Task.Yield();
    if (++calls < 3)
        throw new TimeoutException("try " + calls);
    return "ok after " + calls;
}, 5));
try
{
    await Retry<int>(() => throw new FormatException("always"), 2);
}
catch (AggregateException e)
{
    Console.WriteLine(e.Message + " " + e.InnerExceptions.Count);
}

try
{
    await Retry<int>(async () =>
    {
        await Task.Yield();
        throw new OperationCanceledException();
    }, 3);
}
catch (OperationCanceledException e)
{
    Console.WriteLine("not retried: " + e.Message);
}

Console.WriteLine(await Fallback(() => Task.FromException<int>(new Exception("p")), () => Task.FromResult(42)));
var br = new Breaker(2);
for (int i = 0; i < 4; i++)
    try
    {
        await br.Run(() => Task.FromException<int>(new TimeoutException()));
    }
    catch (Exception e)
    {
        Console.Write(e.GetType().Name + " ");
    }

Console.WriteLine(br.State);
static async Task<T> Retry<T>(Func<Task<T>> f, int max)
{
    var errors = new List<Exception>();
    for (int i = 1;; i++)
    {
        try
        {
            return await f().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw;
        }
        catch (Exception e)when (i < max)
        {
            errors.Add(e);
            await Task.Delay(i);
        }
        catch (Exception e)
        {
            errors.Add(e);
            throw new AggregateException("gave up after " + i, errors);
        }
    }
}

static async Task<T> Fallback<T>(params Func<Task<T>>[] fs)
{
    Exception? last = null;
    foreach (var f in fs)
        try
        {
            return await f();
        }
        catch (Exception e)
        {
            last = e;
        }

    throw last!;
}

class Breaker(int limit)
{
    int fails;
    public string State => fails >= limit ? "open" : "closed";

    public async Task<T> Run<T>(Func<Task<T>> f)
    {
        if (fails >= limit)
            throw new InvalidOperationException("open");
        try
        {
            var r = await f();
            fails = 0;
            return r;
        }
        catch
        {
            fails++;
            throw;
        }
    }
}
