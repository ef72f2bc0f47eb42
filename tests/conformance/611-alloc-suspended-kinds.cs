// Bytes of starting and of completing a suspended method, kind by kind.
using System;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

Measure("Task, task gate", g => Box.A(g));
Measure("ValueTask, task gate", g => Box.B(g).AsTask());
Measure("Task<long>, value task", g => Box.C(new ValueTask<long>(Wait(g))));
Measure("ConfigureAwait(false)", g => Box.D(g));
Measure("two awaiter types", g => Box.E(g, new ValueTask<int>(1)));
Measure("generic int", g => Box.F(g, 1));
Measure("generic string", g => Box.F(g, "x"));
Measure("generic decimal", g => Box.F(g, 1m));
Measure("generic struct", g => Box.F(g, (1, "x", 2L)));
Measure("instance", g => new Box().G(g));
Measure("lambda", g => ((Func<Task, Task>)(async t => await t))(g));
Measure("capturing lambda", g => ((Func<Task>)(async () => await g))());
Measure("loop", g => Box.H(g, 3));
Measure("try finally", g => Box.I(g));
Measure("using", g => Box.J(g));
Measure("foreach", g => Box.K(g, new[] { 1, 2 }));
Measure("pooled", g => Box.L(g).AsTask());

static async Task<long> Wait(Task g) { await g; return 1; }

static void Measure(string name, Func<Task, Task> start)
{
    for (int round = 0; round < 3; round++)
    {
        var gate = new TaskCompletionSource();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Task task = start(gate.Task);
        long started = GC.GetAllocatedBytesForCurrentThread();
        gate.SetResult();
        long ended = GC.GetAllocatedBytesForCurrentThread();
        if (round == 2) Console.WriteLine($"{name}: {started - before} {ended - started} {task.Status}");
    }
}

class Box : IDisposable
{
    public static async Task A(Task g) => await g;
    public static async ValueTask<int> B(Task g) { await g; return 1; }
    public static async Task<long> C(ValueTask<long> v) => await v + 1;
    public static async Task D(Task g) => await g.ConfigureAwait(false);
    public static async Task<int> E(Task g, ValueTask<int> v) { await g; return await v; }
    public static async Task<T> F<T>(Task g, T value) { await g; return value; }
    public async Task<string> G(Task g) { await g; return ToString()!; }
    public static async Task<int> H(Task g, int n) { int sum = 0; for (int i = 0; i < n; i++) { await g; sum += i; } return sum; }
    public static async Task<int> I(Task g) { try { await g; return 1; } finally { await g; } }
    public static async Task J(Task g) { using var b = new Box(); await g; }
    public static async Task<int> K(Task g, int[] a) { int s = 0; foreach (int n in a) { await g; s += n; } return s; }
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<int> L(Task g) { await g; return 1000; }
    public void Dispose() { }
}
