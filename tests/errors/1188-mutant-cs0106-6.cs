using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var liar = new Liar(ValueTaskSourceStatus.Faulted, null);
Console.WriteLine(await new ValueTask<int>(liar, 0));
Task<int> t = new ValueTask<int>(liar, 0).AsTask();
Console.WriteLine($"{t.Status} {t.Result}");
var odd = new Liar(ValueTaskSourceStatus.Canceled, new FormatException("not a cancellation"));
Task<int> u = new ValueTask<int>(odd, 0).AsTask();
Console.WriteLine($"{u.Status} {u.Exception == null}");
try { await new ValueTask<int>(odd, 0); }
catch (FormatException e) { Console.WriteLine("await: " + e.Message); }
try { await u; }
catch (OperationCanceledException e) { Console.WriteLine("await task: " + e.GetType().Name); }

class Liar : IValueTaskSource<int>
{
    private readonly ValueTaskSourceStatus _status;
    private readonly Exception? _error;
    public Liar(ValueTaskSourceStatus status, Exception? error) { _status = status; _error = error; }
    readonly ValueTaskSourceStatus GetStatus(short token) => _status;
    public int GetResult(short token) => _error == null ? 321 : throw _error;
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => throw new NotSupportedException();
}
