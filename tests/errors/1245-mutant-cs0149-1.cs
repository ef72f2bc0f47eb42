using System;
using System.Threading.Tasks;

int a = WorkAsync(1).Result; // misuse: sync-over-async
int b = WorkAsync(2).GetAwaiter().GetResult(); // misuse: sync-over-async
Task t = WorkAsync(3);
t.Wait(); // misuse: sync-over-async
int c = WrapAsync(4).Result; // misuse: sync-over-async
Console.WriteLine($"{a} {b} {t.Status} {c}");
Task<int> ready = Task.FromResult(8);
Console.WriteLine(ready.Result);

static async Task<int> WorkAsync(int n)
{
    await Task.Delay(20);
    return n * 10;
}

static ValueTask<int> WrapAsync(int n) => new ValueTask<int>(ready(n));
