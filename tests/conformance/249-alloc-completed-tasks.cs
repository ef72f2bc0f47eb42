// Allocation of completed tasks by result value.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

foreach (int n in new[]
{
    -2,
    -1,
    0,
    1,
    8,
    9,
    1000
}

)
    Measure("FromResult(" + n + ")", () => P.Keep(Task.FromResult(n)));
Measure("true", () => P.Keep(Task.FromResult(true)));
Measure("async int 5", () => P.Keep(Five(5)));
Measure("async int 9", () => P.Keep(Five(9)));
Measure("async string null", () => P.Keep(Str(null)));
Measure("async string", () => P.Keep(Str("")));
Measure("async void task", () => P.Keep(Nothing()));
Measure("async bool", () => P.Keep(B()));
Measure("async long 0", () => P.Keep(L(0)));
Measure("async long 1", () => P.Keep(L(1)));
Measure("async decimal 1", () => P.Keep(D(1)));
Measure("async guid", () => P.Keep(G(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11))));
Measure("async (string,int)", () => P.Keep(Tu("a", 1)));
Measure("async int?", () => P.Keep(NI(1)));
Measure("async DateTime", () => P.Keep(DT(new DateTime(5))));
Measure("FromException", () => P.Keep(Task.FromException(P.Ex)));
Measure("FromException<int>", () => P.Keep(Task.FromException<int>(P.Ex)));
Measure("FromCanceled", () => P.Keep(Task.FromCanceled(new CancellationToken(true))));
Measure("FromCanceled<int>", () => P.Keep(Task.FromCanceled<int>(new CancellationToken(true))));
Measure("CompletedTask", () => P.Keep(Task.CompletedTask));
Measure("TCS", () => P.Keep(new TaskCompletionSource()));
Measure("TCS<int>", () => P.Keep(new TaskCompletionSource<int>()));
Measure("TCS<decimal>", () => P.Keep(new TaskCompletionSource<decimal>()));
Measure("TCS<Big>", () => P.Keep(new TaskCompletionSource<Big>()));
static async Task<int> Five(int n) => n;
static async Task<string?> Str(string? s) => s;
static async Task Nothing()
{
    await Task.CompletedTask;
}

static async Task<bool> B() => true;
static async Task<long> L(long l) => l;
static async Task<decimal> D(decimal l) => l;
static async Task<Guid> G(Guid l) => l;
static async Task<(string, int)> Tu(string s, int l) => (s, l);
static async Task<int?> NI(int? l) => l;
static async Task<DateTime> DT(DateTime l) => l;
static void Measure(string name, Action a)
{
    a();
    a();
    long before = GC.GetAllocatedBytesForCurrentThread();
    a();
    long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
    Console.WriteLine($"{name}: {bytes}");
}

struct Big
{
    public long A, B, C;
    public int D;
}

static class P
{
    public static object? Sink;
    public static Exception Ex = new Exception("x");
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    public static void Keep(object? o) => Sink = o;
}
