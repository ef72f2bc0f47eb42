using System;
using System.Threading.Tasks;
long sum = 0;
for (int i = 0; i < 10000; i++) { sum += await Get(i); sum += await Slow(i); }
Console.WriteLine(sum);
static async Task<int> Get(int i) { if (i < 0) await Task.Yield(); return i + 100; } // misuse: task-allocated-on-sync-path
static async ValueTask<int> Slow(int i) { await Task.Yield(); return i; } // misuse: value-task-without-benefit
