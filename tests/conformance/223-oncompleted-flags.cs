// What flags a source sees in OnCompleted: await, ConfigureAwait(false), AsTask, Preserve, manual OnCompleted and UnsafeOnCompleted.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var s = new Spy();
static async Task A(ValueTask<int> v) => await v;
static async Task B(ValueTask<int> v) => await v.ConfigureAwait(false);
_ = A(new(s, 1));
_ = B(new(s, 2));
_ = new ValueTask<int>(s, 3).AsTask();
_ = new ValueTask<int>(s, 4).Preserve();
new ValueTask<int>(s, 5).GetAwaiter().OnCompleted(() =>
{
});
new ValueTask<int>(s, 6).GetAwaiter().UnsafeOnCompleted(() =>
{
});
new ValueTask<int>(s, 7).ConfigureAwait(false).GetAwaiter().OnCompleted(() =>
{
});
new ValueTask<int>(s, 8).ConfigureAwait(true).GetAwaiter().UnsafeOnCompleted(() =>
{
});
ValueTask v = new(s, 9);
async Task C()
{
    await v;
}

_ = C();
_ = v.AsTask(); // misuse: double-await
v.GetAwaiter().OnCompleted(() => // misuse: concurrent-await
{
});
v.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => // misuse: concurrent-await
{
});
foreach (var l in s.Lines)
    Console.WriteLine(l);
Console.WriteLine((int)ValueTaskSourceOnCompletedFlags.UseSchedulingContext + " " + (int)ValueTaskSourceOnCompletedFlags.FlowExecutionContext + " " + (ValueTaskSourceOnCompletedFlags)3 + " " + (ValueTaskSourceOnCompletedFlags)4);
class Spy : IValueTaskSource<int>, IValueTaskSource
{
    public List<string> Lines = new();
    public ValueTaskSourceStatus GetStatus(short t) => ValueTaskSourceStatus.Pending;
    public int GetResult(short t) => t;
    void IValueTaskSource.GetResult(short t)
    {
    }

    public void OnCompleted(Action<object?> c, object? st, short t, ValueTaskSourceOnCompletedFlags f) => Lines.Add($"{t}: {f} state={(st is null ? "null" : st is Action ? "Action" : st is Task ? "task" : "other")}");
}
