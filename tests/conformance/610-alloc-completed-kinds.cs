// Which completed tasks cost an object, by the way they are made.
using System;
using System.Threading.Tasks;

for (int n = -2; n <= 10; n += 3) Show($"FromResult({n})", () => Task.FromResult(n));
Show("FromResult(true)", () => Task.FromResult(true));
Show("async Task<int> 5", () => Number(5));
Show("async Task<int> 500", () => Number(500));
Show("async Task<bool>", () => Flag(true));
Show("async Task<string> null", () => Text(null));
Show("async Task<string> x", () => Text("x"));
Show("async Task", () => Nothing());
Show("AsTask small", () => new ValueTask<int>(3).AsTask());
Show("AsTask large", () => new ValueTask<int>(300).AsTask());
Show("FromException", () => Task.FromException<int>(P.Error));
Show("FromCanceled", () => Task.FromCanceled<int>(new(true)));
Show("WhenAll none", () => Task.WhenAll());
Show("Delay 0", () => Task.Delay(0));
Show("CompletedTask", () => Task.CompletedTask);

static async Task<int> Number(int n) { await Task.CompletedTask; return n; }
static async Task<bool> Flag(bool b) => b;
static async Task<string?> Text(string? s) { await default(ValueTask); return s; }
static async Task Nothing() { }

static void Show(string name, Func<Task> make)
{
    make();
    long before = GC.GetAllocatedBytesForCurrentThread();
    P.Kept = make();
    Console.WriteLine($"{name}: {GC.GetAllocatedBytesForCurrentThread() - before}");
}

static class P { public static Task? Kept; public static readonly Exception Error = new InvalidOperationException("e"); }
