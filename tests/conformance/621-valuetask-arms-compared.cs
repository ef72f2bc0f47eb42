// The arms of ValueTask<int>: properties, equality, hash codes, refused constructions.
using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

ValueTask<int> none = default, value = new(7), task = new(Task.FromResult(8)), failed = ValueTask.FromException<int>(new FormatException("f"));
var source = new Always(9);
ValueTask<int> sourced = new(source, 3);
foreach (var vt in new[] { none, value, task, failed })
    Console.WriteLine($"{vt.IsCompleted} {vt.IsCompletedSuccessfully} {vt.IsFaulted} {vt.IsCanceled} {vt == value} {vt.GetHashCode() == 7}");
Console.WriteLine($"{sourced.IsCompleted} {sourced == new ValueTask<int>(source, 3)} {sourced != new ValueTask<int>(source, 4)} {string.Join(",", source.Calls)}");
Console.WriteLine($"{await none} {await value} {await task} {await sourced} {string.Join(",", source.Calls)}");
try { await failed; } catch (FormatException e) { Console.WriteLine(e.Message); }
foreach (Action make in new Action[]
{
    () => _ = new ValueTask<int>((Task<int>)null!), () => _ = new ValueTask((Task)null!), () => _ = new ValueTask<int>(null!, 0),
    () => _ = ValueTask.FromException(null!), () => _ = ValueTask.FromCanceled(default), () => Task.FromException<int>(null!),
})
{
    try { make(); } catch (ArgumentException e) { Console.WriteLine($"{e.GetType().Name} {e.Message}"); }
}
var set = new HashSet<ValueTask<int>> { new(1), new(1), new(2) };
Console.WriteLine(set.Count);

class Always(int value) : IValueTaskSource<int>
{
    public readonly List<string> Calls = new();
    public int GetResult(short token) { Calls.Add($"result {token}"); return value; }
    public ValueTaskSourceStatus GetStatus(short token) { Calls.Add($"status {token}"); return ValueTaskSourceStatus.Succeeded; }
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => throw new NotSupportedException();
}
