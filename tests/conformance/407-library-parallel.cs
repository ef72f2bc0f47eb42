// Parallel.For, ForEach, Invoke, ForAsync and ForEachAsync.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
var results = new System.Collections.Concurrent.ConcurrentBag<int>();
await Parallel.ForEachAsync(Enumerable.Range(1, 10), new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (i, ct) => { await Task.Delay(i * 2, ct); results.Add(i); });
Console.WriteLine(results.Count + " " + results.Sum());
int total = 0; Parallel.For(0, 100, i => Interlocked.Add(ref total, i)); Console.WriteLine(total);
Parallel.ForEach(new[] { 1, 2, 3 }, x => Interlocked.Add(ref total, x)); Console.WriteLine(total);
Parallel.Invoke(() => Interlocked.Increment(ref total), () => Interlocked.Increment(ref total)); Console.WriteLine(total);
try
{
    await Parallel.ForEachAsync(Enumerable.Range(0, 3), async (i, ct) => { await Task.Yield(); if (i == 1) throw new InvalidOperationException("bad " + i); });
}
catch (InvalidOperationException e) { Console.WriteLine(e.Message); }
await Parallel.ForEachAsync(Gen(), async (i, _) => { await Task.Yield(); Interlocked.Add(ref total, i); }); Console.WriteLine(total);
async IAsyncEnumerable<int> Gen() { for (int i = 0; i < 3; i++) { await Task.Delay(1); yield return i; } }
await Parallel.ForAsync(0, 5, async (i, ct) => { await Task.Delay(1); Interlocked.Add(ref total, 1); }); Console.WriteLine(total);
