using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var source = new ReadySource(30);
ValueTask<int> a = new ValueTask<int>(10);
ValueTask<int> b = new ValueTask<int>(Task.FromResult(20));
ValueTask<int> c = new ValueTask<int>(source, 0);
Show("result", a);
Show("task", b);
Show("source", c);
Console.WriteLine(await a + await b + await c);

static void Show(string arm, ValueTask<int> vt)
{
    Console.WriteLine($"{arm}: {vt.IsCompleted} {vt.IsCompletedSuccessfully} {vt.IsFaulted} {vt.IsCanceled}");
}

class ReadySource : IValueTaskSource<int>
{
    private readonly int _value;
    public ReadySource(int value) { _value = value; }
     ValueTaskSourceStatus GetStatus(short token) => ValueTaskSourceStatus.Succeeded;
    public int GetResult(short token) => _value;
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => throw new NotSupportedException();
}
