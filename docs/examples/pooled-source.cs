// One object, many operations: an IValueTaskSource<int> that is taken from a pool, awaited once, and goes back.
// A Task would be a new object for each operation. Here the ValueTask carries only a reference to the source and the
// version (the "token") of the operation it stands for; Reset moves the version on, so that an old ValueTask is found out.
using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

const int Operations = 1000;

// The first operations allocate what all later ones use again.
Console.WriteLine(await Reader.ReadAsync(1) + await Reader.ReadAsync(2));

long before = GC.GetAllocatedBytesForCurrentThread();
long sum = 0;
for (int i = 0; i < Operations; i++)
{
    sum += await Reader.ReadAsync(i);
}
long bytes = GC.GetAllocatedBytesForCurrentThread() - before;

Console.WriteLine($"sum of {Operations} operations: {sum}");
Console.WriteLine($"bytes per operation: {bytes / Operations}");
Console.WriteLine($"operation objects made: {Operation.Made}");

// A ValueTask that is kept for later names a version that is gone by then.
ValueTask<int> kept = Reader.ReadAsync(7);
Console.WriteLine($"first await: {await kept}");
try
{
    Console.WriteLine($"second await: {await kept}");
}
catch (InvalidOperationException exception)
{
    Console.WriteLine($"second await: {exception.GetType().Name}");
}

static class Reader
{
    // The answer is there before anybody asks: nothing suspends, nothing is allocated.
    public static ValueTask<int> ReadAsync(int value)
    {
        Operation operation = Operation.Rent();
        ValueTask<int> result = operation.Start();
        operation.Complete(value);
        return result;
    }
}

class Operation : IValueTaskSource<int>
{
    private static readonly Stack<Operation> Pool = new();
    private ManualResetValueTaskSourceCore<int> _core;

    public static int Made { get; private set; }

    public static Operation Rent()
    {
        if (Pool.TryPop(out Operation? operation))
        {
            return operation;
        }

        Made++;
        return new Operation();
    }

    public ValueTask<int> Start() => new ValueTask<int>(this, _core.Version);

    public void Complete(int result) => _core.SetResult(result);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    // Taking the result ends the operation: from here on the token is stale and the object serves somebody else.
    public int GetResult(short token)
    {
        int result = _core.GetResult(token);
        _core.Reset();
        Pool.Push(this);
        return result;
    }
}
