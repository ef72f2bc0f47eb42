using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;
// hand-written, always complete, constant token: right as long as each value is consumed once
var fixedOne = new Always(5);
int sum = 0;
for (int i = 0; i < 5; i++) sum += await new ValueTask<int>(fixedOne, 0);
var x = new ValueTask<int>(fixedOne, 0); var y = new ValueTask<int>(fixedOne, 0);
sum += await x + await y;
Console.WriteLine($"{x == y} {sum}");
// multiplexed by token
var many = new Many();
var t0 = many.Begin(); var t1 = many.Begin(); var t2 = many.Begin();
many.End(1, 10); many.End(0, 20); many.End(2, 30);
Console.WriteLine(await t1 + await t0 + await t2);
Console.WriteLine(await t2); // misuse: double-await
class Always(int v) : IValueTaskSource<int>
{
    public int GetResult(short token) => v;
    public ValueTaskSourceStatus GetStatus(short token) => ValueTaskSourceStatus.Succeeded;
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => ThreadPool.QueueUserWorkItem(_ => c(s));
}
class Many : IValueTaskSource<int>
{
    private readonly List<int?> _r = new();
    public ValueTask<int> Begin() { _r.Add(null); return new(this, (short)(_r.Count - 1)); }
    public void End(short t, int v) => _r[t] = v;
    public int GetResult(short token) => _r[token]!.Value;
    public ValueTaskSourceStatus GetStatus(short token) => _r[token] == null ? ValueTaskSourceStatus.Pending : ValueTaskSourceStatus.Succeeded;
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => throw new NotSupportedException();
}
