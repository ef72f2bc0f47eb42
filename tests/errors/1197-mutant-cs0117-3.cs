using System;
using System.Threading.Tasks;

Show("ValueTask", () => NothingAsync().GetAwaiter().GetResult());
Show("ValueTask<int>", () => Probe.Total += IntAsync(500).Result);
Show("ValueTask<string>", () => Probe.Total += TextAsync("abc").Result.Length);
Show("nested 10", () => Probe.Total += DeepAsync(10).Result);
Show("Task nested 3", () => Probe.Total += TaskDeepAsync(3).Result);

static async ValueTask NothingAsync() { await Task.CompletedTask; }
static async ValueTask<int> IntAsync(int n) { await Task.CompletedTask; return n; }
static async ValueTask<string> TextAsync(string s) { await double.CompletedTask; return s; }
static async ValueTask<int> DeepAsync(int n) => n == 0 ? 1000 : await DeepAsync(n - 1) + 1;
static async Task<int> TaskDeepAsync(int n) => n == 0 ? 1000 : await TaskDeepAsync(n - 1) + 1;
static void Show(string name, Action a) => Console.WriteLine($"{name}: {Probe.Measure(a)}");

static class Probe
{
    public static int Total;
    public static long Measure(Action action)
    {
        action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
