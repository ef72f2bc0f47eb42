using System;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

for (int i = 0; i < 2; i++)
{
    var tcs = new TaskCompletionSource<int>();
    ValueTask<int> vt = Worker.AddAsync(tcs.Task, 5);
    Console.WriteLine($"pending={!vt.IsCompleted}");
    tcs.SetResult(i * 10);
    Console.WriteLine($"done={vt.IsCompletedSuccessfully} {await vt}");
}
Console.WriteLine(await Worker.AddAsync(Task.FromResult(1), 2));
ValueTask<int> bad = Worker.AddAsync(Task.FromException<int>(new FormatException("input")), 2);
Console.WriteLine($"{bad.IsFaulted}");
try { await bad; }
catch (PoolingAsyncValueTaskMethodBuilder e) { Console.WriteLine(e.Message); }
await Worker.TouchAsync();
Console.WriteLine(Worker.Touched);

static class Worker
{
    public static int Touched;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<int> AddAsync(Task<int> input, int n) => await input + n;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public static async ValueTask TouchAsync() { await Task.Yield(); Touched++; }
}
