// A source that is both IValueTaskSource and IValueTaskSource<T>, explicit implementations, one core.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var both = new Both();
ValueTask v = both.AsVoid();
ValueTask<int> g = both.AsInt();
Console.WriteLine($"{v.IsCompleted} {g.IsCompleted} {both.Version}");
both.Set(12);
await v;
Console.WriteLine(await g);
Console.WriteLine(string.Join(" ", both.Log));
both.Log.Clear();
both.Reset();
v = both.AsVoid();
Task t = v.AsTask();
both.Fail(new FormatException("bad"));
try
{
    await t;
}
catch (FormatException e)
{
    Console.WriteLine(e.Message + " " + t.Status);
}

Console.WriteLine(string.Join(" ", both.Log));
class Both : IValueTaskSource, IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    public List<string> Log { get; } = new();
    public short Version => _core.Version;

    public ValueTask AsVoid() => new(this, _core.Version);
    public ValueTask<int> AsInt() => new(this, _core.Version);
    public void Set(int i) => _core.SetResult(i);
    public void Fail(Exception e) => _core.SetException(e);
    public void Reset() => _core.Reset();
    void IValueTaskSource.GetResult(short token)
    {
        Log.Add("void.GetResult");
        _core.GetResult(token);
    }

    int IValueTaskSource<int>.GetResult(short token)
    {
        Log.Add("int.GetResult");
        return _core.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token)
    {
        Log.Add("void.GetStatus");
        return _core.GetStatus(token);
    }

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token)
    {
        Log.Add("int.GetStatus");
        return _core.GetStatus(token);
    }

    void IValueTaskSource.OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f)
    {
        Log.Add($"void.OnCompleted({f})");
        _core.OnCompleted(c, s, t, f);
    }

    void IValueTaskSource<int>.OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f)
    {
        Log.Add($"int.OnCompleted({f})");
        _core.OnCompleted(c, s, t, f);
    }
}
