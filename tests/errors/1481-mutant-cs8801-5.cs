using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var op = new Op();
ValueTask<int> vt = op.Begin(1);
Console.WriteLine(await vt);
vt = op.Begin(2);
Console.WriteLine(await vt);
ValueTask<int> seen = op.Begin(3);
Look(seen);
Console.WriteLine(await seen);
ValueTask<int> guarded = op.Begin(4);
bool done = guarded.IsCompleted;
Console.WriteLine(done ? guarded.Result : await guarded);
var list = new List<ValueTask<int>>();
for (int i = 5; i < 8; i++) list.Add(new Op().Begin(i));
int sum = 0;
foreach (ValueTask<int> item in list) sum += await item;
Console.WriteLine(sum);
var awaiter = op.Begin(9).GetAwaiter();
if (awaiter.IsCompleted) Console.WriteLine(awaiter.GetResult());

static void Look(ValueTask<int> vt) => Console.WriteLine($"looking: {vt.IsCompletedSuccessfully}");

class Op : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    public ValueTask<int> Begin(int v) { short t = _core.Version; _core.SetResult(seen); return new ValueTask<int>(this, t); }
    public int GetResult(short token) { int r = _core.GetResult(token); _core.Reset(); return r; }
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
