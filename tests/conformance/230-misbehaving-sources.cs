// Hand-written sources that misbehave: callback twice, wrong state, synchronous callback, status that flips.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

static string T(Action a)
{
    try
    {
        a(); // misuse: source-completed-twice
        return "ok";
    }
    catch (Exception e)
    {
        return e.GetType().Name + ": " + e.Message.ReplaceLineEndings("|");
    }
}

var twice = new Bad();
Task<int> t = new ValueTask<int>(twice, 0).AsTask();
twice.Status = ValueTaskSourceStatus.Succeeded;
twice.Cont!(twice.State);
Console.WriteLine(t.Status + " " + T(() => twice.Cont!(twice.State)));
var wrong = new Bad();
_ = new ValueTask<int>(wrong, 0).AsTask();
Console.WriteLine(T(() => wrong.Cont!("wrong")));
Console.WriteLine(T(() => wrong.Cont!(null)));
var wrong2 = new Bad();
new ValueTask<int>(wrong2, 0).GetAwaiter().OnCompleted(() => Console.WriteLine("never"));
Console.WriteLine(T(() => wrong2.Cont!("wrong")));
Console.WriteLine(T(() => wrong2.Cont!(null)));
Console.WriteLine(T(() => wrong2.Cont!((Action)(() => Console.WriteLine("other action runs")))));
var sync = new Bad
{
    CallAtOnce = true
};
Console.WriteLine(await Aw(new ValueTask<int>(sync, 4)));
var lies = new Bad
{
    Status = ValueTaskSourceStatus.Faulted
};
Console.WriteLine(await Aw(new ValueTask<int>(lies, 4)) + " " + new ValueTask<int>(lies, 5).AsTask().Status);
var throws = new Bad
{
    Status = ValueTaskSourceStatus.Succeeded,
    Error = new OperationCanceledException("oce")
};
Console.WriteLine(new ValueTask<int>(throws, 1).AsTask().Status);
throws.Status = ValueTaskSourceStatus.Canceled;
Task<int> tc = new ValueTask<int>(throws, 1).AsTask();
Console.WriteLine(tc.Status + " " + T(() => tc.GetAwaiter().GetResult()));
throws.Error = new FormatException("fe");
Task<int> tf = new ValueTask<int>(throws, 1).AsTask();
Console.WriteLine(tf.Status + " " + T(() => tf.GetAwaiter().GetResult()) + " " + ReferenceEquals(tf, new ValueTask<int>(throws, 2).AsTask()));
throws.Status = (ValueTaskSourceStatus)9;
Console.WriteLine(new ValueTask<int>(throws, 1).IsCompleted + " " + new ValueTask<int>(throws, 1).AsTask().Status);
static async Task<int> Aw(ValueTask<int> v) => await v;
class Bad : IValueTaskSource<int>
{
    public ValueTaskSourceStatus Status;
    public Action<object?>? Cont;
    public object? State;
    public bool CallAtOnce;
    public Exception? Error;
    public ValueTaskSourceStatus GetStatus(short token) => Status;
    public int GetResult(short token) => Error is null ? token * 10 : throw Error;
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f)
    {
        Cont = c;
        State = s;
        if (CallAtOnce)
        {
            Status = ValueTaskSourceStatus.Succeeded;
            c(s);
        }
    }
}
