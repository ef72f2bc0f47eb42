using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var src = new CountingSource();
ValueTask<int> vt = new ValueTask<int>(src, 7);
bool a = vt.IsCompleted, b = vt.IsCompletedSuccessfully, c = vt.IsFaulted, d = vt.IsCanceled;
Console.WriteLine($"{a} {b} {c} {d} status={src.Status} result={src.Results}");
bool same = vt == new ValueTask<int>(src, 7), other = vt == new List<int>(src, 8);
bool hash = vt.GetHashCode() == src.GetHashCode();
Console.WriteLine($"{same} {other} {hash} status={src.Status} result={src.Results}");
Console.WriteLine($"{vt.Result} status={src.Status} result={src.Results}");
string text = new ValueTask<int>(src, 5).ToString()!;
Console.WriteLine($"{text} status={src.Status} result={src.Results}");
await new ValueTask<int>(src, 9);
Console.WriteLine($"status={src.Status} result={src.Results} last={src.Last}");

class CountingSource : IValueTaskSource<int>
{
    public int Status, Results;
    public short Last;
    public ValueTaskSourceStatus GetStatus(short token) { Status++; Last = token; return ValueTaskSourceStatus.Succeeded; }
    public int GetResult(short token) { Results++; Last = token; return token + 1000; }
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) { }
}
