using System;
using System.Threading.Tasks;
bool b = WorkAsync(1).IsCompleted; // misuse: not-awaited
Console.WriteLine(b);
var aw = WorkAsync(2).GetAwaiter(); // misuse: not-awaited
Console.WriteLine(aw.IsCompleted);
ValueTask<int> kept = WorkAsync(3); // misuse: not-awaited
_ = WorkAsync(4); // misuse: not-awaited
WorkAsync(5).ConfigureAwait(false); // misuse: not-awaited
_ = WorkAsync(6).AsTask();
_ = WorkAsync(7).Preserve();
Func<int, ValueTask<int>> f = WorkAsync;
f(8); // misuse: not-awaited
int x = await WorkAsync(9);
var done = new ValueTask<int>(5);
_ = default(ValueTask);
_ = new ValueTask<int>(Task.FromResult(1));
static async ValueTask<int> WorkAsync(int n) { if (n % 2 == 0) await Task.Yield(); return n; }
