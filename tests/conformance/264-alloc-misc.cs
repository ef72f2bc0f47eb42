// Warm costs of continuations, registrations, contexts, yields, enumerations and conversions.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

Measure("await completed x10", () =>
{
    for (int i = 0; i < 10; i++)
        P.Done().GetAwaiter().GetResult();
});
Measure("vt sync chain", () => P.T += P.V(5).Result);
Measure("tcs set", () =>
{
    var t = new TaskCompletionSource<int>();
    P.Keep(t);
    t.SetResult(5);
});
Measure("tcs await", () =>
{
    var t = new TaskCompletionSource<int>();
    P.Keep(t);
    var u = P.Aw(t.Task);
    t.SetResult(500);
    P.T += u.Result;
});
Measure("two awaiters", () =>
{
    var t = new TaskCompletionSource<int>();
    P.Keep(t);
    var u = P.Aw(t.Task);
    var v = P.Aw(t.Task);
    P.Keep(u);
    P.Keep(v);
});
Measure("unsafe oncompleted", () => P.Pend().GetAwaiter().UnsafeOnCompleted(P.Act));
Measure("oncompleted", () => P.Pend().GetAwaiter().OnCompleted(P.Act));
Measure("cw sync", () => P.Keep(P.Pend().ContinueWith(P.ActT, TaskContinuationOptions.ExecuteSynchronously)));
Measure("cw<T>", () => P.Keep(P.Pend().ContinueWith(P.FunT)));
Measure("fromresult string", () => P.Keep(Task.FromResult("x")));
Measure("astask value", () => P.Keep(new ValueTask<int>(500).AsTask()));
Measure("preserve value", () => P.T += new ValueTask<int>(500).Preserve().Result);
Measure("box vt", () => P.Keep((object)new ValueTask<string>("x")));
Measure("list of vt", () => P.Keep(new List<ValueTask<int>> { new(1), new(2) }));
Measure("array of tasks", () => P.Keep(new Task[] { Task.CompletedTask, Task.CompletedTask }));
Measure("params whenall", () => P.Keep(Task.WhenAll(new[] { Task.CompletedTask, Task.CompletedTask, Task.CompletedTask })));
Measure("whenall list", () => P.Keep(Task.WhenAll(P.L)));
Measure("exception obj", () => P.Keep(new TimeoutException()));
Measure("tcs exc", () =>
{
    var t = new TaskCompletionSource<int>();
    P.Keep(t);
    t.SetException(new TimeoutException());
});
Measure("tcs cancel", () =>
{
    var t = new TaskCompletionSource<int>();
    P.Keep(t);
    t.TrySetCanceled(P.Ct);
});
Measure("linked", () =>
{
    using var c = CancellationTokenSource.CreateLinkedTokenSource(P.Live.Token);
    P.Keep(c);
});
Measure("linked2", () =>
{
    using var c = CancellationTokenSource.CreateLinkedTokenSource(P.Live.Token, P.Live2.Token);
    P.Keep(c);
});
Measure("register reuse", () => P.Live.Token.Register(P.Act).Dispose());
Measure("register state", () => P.Live.Token.Register(P.ActO, "s").Dispose());
Measure("delay", () => P.Keep(Task.Delay(1000000)));
Measure("yield box", () => P.Keep(P.Y()));
Measure("iter", () =>
{
    foreach (var x in P.It())
        P.T += x;
});
Measure("closure only", () =>
{
    int k = P.T;
    P.Keep((Func<int>)(() => k));
});
Measure("string int", () => P.Keep("n" + 12));
Measure("interp", () => P.Keep($"{P.T % 1}:{"ab"}"));
Measure("char concat", () => P.Keep("a" + 'b' + P.S));
Measure("ctor chain", () => P.Keep(new Dd(1)));
Measure("semaphore wait", () =>
{
    P.Sem.WaitAsync().GetAwaiter().GetResult();
    P.Sem.Release();
});
Measure("asynclocal", () => P.Al.Value = 3);
Measure("ec run", () => ExecutionContext.Run(ExecutionContext.Capture()!, P.Cc, null));
Measure("lazy", () =>
{
    var z = new Lazy<string>(P.Fs);
    P.T += z.Value.Length;
});
Measure("stack", () =>
{
    var z = new Stack<int>();
    z.Push(1);
    P.Keep(z);
});
Measure("queue", () =>
{
    var z = new Queue<int>(4);
    z.Enqueue(1);
    P.Keep(z);
});
Measure("tolist", () => P.Keep(P.Arr.ToList()));
Measure("enum tostring", () => P.Keep(DayOfWeek.Monday.ToString()));
Measure("bool tostring", () => P.Keep(true.ToString()));
Measure("guid tostring", () => P.Keep(Guid.Empty.ToString()));
Measure("substring", () => P.Keep("hello world".Substring(2, 3)));
Measure("split", () => P.Keep("a,b,c".Split(',')));
Measure("replace same", () => P.Keep("abc".Replace('z', 'y')));
Measure("trim same", () => P.Keep("abc".Trim()));
Measure("toupper", () => P.Keep("abc".ToUpperInvariant()));
static void Measure(string name, Action a)
{
    a();
    a();
    long before = GC.GetAllocatedBytesForCurrentThread();
    a();
    long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
    Console.WriteLine($"{name}: {bytes}");
}

class Bb
{
    int a;
    string? s;
    public Bb(int a)
    {
        this.a = a;
    }
}

class Dd : Bb
{
    long z;
    bool q;
    public Dd(int a) : base(a)
    {
    }
}

static class P
{
    public static int T;
    public static string S = "q";
    public static object? Sink;
    public static int[] Arr =
    {
        1,
        2,
        3
    };
    public static Action Act = () =>
    {
    };
    public static Action<object?> ActO = _ =>
    {
    };
    public static Action<Task> ActT = _ =>
    {
    };
    public static Func<Task, int> FunT = _ => 1;
    public static ContextCallback Cc = _ =>
    {
    };
    public static Func<string> Fs = () => "lz";
    public static CancellationToken Ct = new(true);
    public static CancellationTokenSource Live = new(), Live2 = new();
    public static SemaphoreSlim Sem = new(1);
    public static AsyncLocal<int> Al = new();
    public static List<Task> L = new()
    {
        Task.CompletedTask,
        Task.CompletedTask
    };
    public static Task Pend()
    {
        var t = new TaskCompletionSource();
        Keep(t);
        return t.Task;
    }

    public static async Task Done()
    {
        await Task.CompletedTask;
    }

    public static async ValueTask<int> V(int n) => n == 0 ? 0 : await V(n - 1) + 1;
    public static async Task<int> Aw(Task<int> t) => await t;
    public static async Task Y()
    {
        await Pend();
    }

    public static IEnumerable<int> It()
    {
        yield return 1;
        yield return 2;
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    public static void Keep(object? o) => Sink = o;
}
