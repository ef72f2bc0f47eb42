using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;
var op = new Twice();
Task<int> t = new ValueTask<int>(op, 0).AsTask();
try { op.Fire(); } catch (ArgumentOutOfRangeException e) { Console.WriteLine(e.Message); } // misuse: source-completed-twice
Console.WriteLine(await t);
var op2 = new Twice();
Task<int> u = Use(op2);
op2.Fire(); // misuse: source-completed-twice
Console.WriteLine(u.Status);
static async Task<int> Use(Twice op) => await new ValueTask<int>(op, 0);
class Twice : IValueTaskSource<int>
{
    Action<object?>? _c; object? _s;
    public void Fire() { _c!(_s); _c!(_s); }
    public int GetResult(short token) => 5;
    public ValueTaskSourceStatus GetStatus(short token) => _c == null ? ValueTaskSourceStatus.Pending : ValueTaskSourceStatus.Succeeded;
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) { _c = c; _s = s; }
}
