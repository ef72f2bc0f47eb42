// Loops over awaits: sequential sums, early exit, continue, arrays of pending tasks completed out of order.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

int[] data = { 5, 3, 8, 1 };
int total = 0;
for (int i = 0; i < data.Length; i++)
{
    if (data[i] == 3) continue;
    total += await Delayed(data[i]);
    if (total > 12) break;
}
Console.WriteLine(total);
var src = new TaskCompletionSource<int>[4];
for (int i = 0; i < 4; i++) src[i] = new();
Task<int> sum = SumAsync(src.Select(s => s.Task).ToArray());
for (int i = 3; i >= 0; i--) { Console.Write(sum.IsCompleted + " "); src[i].SetResult(i * i); }
Console.WriteLine(await sum);
int[] grid = new int[6]; for (int r = 0; r < 2; r++) for (int c = 0; c < 3; c++) grid[r * 3 + c] = await Delayed(r * 10 + c);
Console.WriteLine(string.Join(",", grid));
int[][] jag = { new[] { 1 }, new[] { 2, 3 } };
jag[1][await Delayed(1)] += await Delayed(40);
Console.WriteLine(jag[1][1]);
long fact = 1; int n = 15;
do { fact *= await Delayed(n); } while (--n > 0);
Console.WriteLine(fact);
int k = 0;
while (true) { if (await Delayed(k++) == 4) goto end; }
end:
Console.WriteLine($"k={k}");
static async Task<int> Delayed(int v) { await Task.Yield(); return v; }
static async Task<int> SumAsync(Task<int>[] ts) { int s = 0; foreach (var t in ts) s = s * 10 + await t; return s; }
