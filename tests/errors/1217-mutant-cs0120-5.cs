using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

for (int i = 0; i < 3; i++)
{
    Op op = Op.Rent();
    ValueTask<int> vt = op.Begin();
    op.Complete(i * 100);
    Console.WriteLine($"op#{op.Id} token={op.LastToken} result={await vt}");
}
Op x = Op.Rent(), y = Op.Rent();
Console.WriteLine($"{x.Id} {y.Id} created={Op.Created}");

class Op : IValueTaskSource<int>
{
    private static readonly Stack<Op> Pool = new();
    public  int Created;
    private ManualResetValueTaskSourceCore<int> _core;
    public int Id { get; private set; }
    public short LastToken { get; private set; }
    public static Op Rent() => Pool.Count > 0 ? Pool.Pop() : new Op { Id = ++Created };
    public ValueTask<int> Begin() { LastToken = _core.Version; return new ValueTask<int>(this, _core.Version); }
    public void Complete(int v) => _core.SetResult(v);
    public int GetResult(short token)
    {
        int r = _core.GetResult(token);
        _core.Reset();
        Pool.Push(this);
        return r;
    }
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
