// One double await for each arm of the union, the three sources .NET programs have, and the ways to consume.
using System;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

ValueTask<int> result = new ValueTask<int>(1);
Console.WriteLine(await result + await result); // misuse: double-await

ValueTask<int> task = new ValueTask<int>(Task.FromResult(300));
Console.WriteLine(await task);
Console.WriteLine(task.Result); // misuse: double-await

var kept = new Op(false);
ValueTask<int> source = kept.Begin(3);
Console.WriteLine(source.GetAwaiter().GetResult());
Console.WriteLine(await source.ConfigureAwait(false)); // misuse: double-await

var pooled = new Op(true);
ValueTask<int> spent = pooled.Begin(4);
Console.WriteLine(await spent);
try { await spent; } catch (InvalidOperationException) { Console.WriteLine("spent"); } // misuse: double-await

ValueTask<int> boxed = DoubleAsync(5);
Console.WriteLine(await boxed);
try { await boxed; } catch (InvalidOperationException) { Console.WriteLine("box is back"); } // misuse: double-await

ValueTask<int> late = DoubleAsync(6);
object box = late;
var inTuple = (late, 0);
await Task.Delay(5);
Console.WriteLine(await (ValueTask<int>)box);
try { Console.WriteLine(await inTuple.late); } catch (InvalidOperationException) { Console.WriteLine("copied"); } // misuse: double-await

ValueTask nothing = default;
await nothing;
await nothing; // misuse: double-await

ValueTask<int> preserved = new ValueTask<int>(new Op(true).Begin(7).AsTask());
await preserved;
_ = preserved.Preserve(); // misuse: double-await

[AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
static async ValueTask<int> DoubleAsync(int n)
{
    await Task.Yield();
    return 2 * n;
}

class Op(bool resets) : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;

    public ValueTask<int> Begin(int value)
    {
        var task = new ValueTask<int>(this, _core.Version);
        _core.SetResult(value);
        return task;
    }

    public int GetResult(short token)
    {
        int result = _core.GetResult(token);
        if (resets) _core.Reset();
        return result;
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
