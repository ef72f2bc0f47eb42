// ConfigureAwait on ValueTasks over sources and tasks: equality, token kept, flags, awaiter calls by hand.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var s = new Always();
var c = new ValueTask<int>(s, 5).ConfigureAwait(false);
Console.WriteLine(c.GetAwaiter().IsCompleted + " " + c.GetAwaiter().GetResult());
Console.WriteLine(await c + " " + await new ValueTask<int>(s, 6).ConfigureAwait(true)); // misuse: double-await
var plain = new ValueTask<int>(4);
Console.WriteLine(await plain.ConfigureAwait(false));
var vt = new ValueTask(s, 3).ConfigureAwait(false);
vt.GetAwaiter().GetResult();
await vt; // misuse: double-await
Console.WriteLine(new ValueTask<int>(s, 5) == new ValueTask<int>(s, 5));
Console.WriteLine(new ValueTask<int>(s, 5) == new ValueTask<int>(s, 6));
Console.WriteLine(s.Calls);
await foreach (int i in Gen().ConfigureAwait(false))
    Console.Write(i);
Console.WriteLine();
await using (var d = new D().ConfigureAwait(false))
    Console.WriteLine("body");
await Task.Yield();
await Task.FromResult(1).ConfigureAwait(ConfigureAwaitOptions.None);
await Task.FromException(new Exception("hidden")).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
await ((Task)Task.FromCanceled<int>(new CancellationToken(true))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
Console.WriteLine(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
static async IAsyncEnumerable<int> Gen()
{
    for (int i = 0; i < 3; i++)
    {
        await Task.Yield();
        yield return i;
    }
}

class D : IAsyncDisposable
{
    public ValueTask DisposeAsync()
    {
        Console.WriteLine("disposed");
        return default;
    }
}

class Always : IValueTaskSource<int>, IValueTaskSource
{
    public string Calls = "";
    public ValueTaskSourceStatus GetStatus(short t)
    {
        Calls += "S" + t;
        return ValueTaskSourceStatus.Succeeded;
    }

    public int GetResult(short t)
    {
        Calls += "R" + t;
        return t * 2;
    }

    void IValueTaskSource.GetResult(short t) => Calls += "V" + t;
    public void OnCompleted(Action<object?> c, object? st, short t, ValueTaskSourceOnCompletedFlags f) => throw new NotSupportedException();
}
