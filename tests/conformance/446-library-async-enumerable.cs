// Operators over async streams that .NET 10 has.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
await foreach (var x in Seq(5).Where(x => x % 2 == 0).Select(async (x, ct) => { await Task.Delay(1, ct); return x * 10; }).Take(2)) Console.WriteLine(x); Console.WriteLine(string.Join(",", await Seq(4).Skip(1).ToListAsync())); Console.WriteLine(await Seq(3).CountAsync() + await Seq(3).SumAsync() + await Seq(3).FirstAsync() + (await Seq(3).ToArrayAsync()).Length); Console.WriteLine(await Seq(0).FirstOrDefaultAsync() + " " + await Seq(2).AnyAsync(x => x == 1) + await new[] { 1, 2 }.ToAsyncEnumerable().AggregateAsync(10, (a, b) => a + b)); try { await Seq(0).FirstAsync(); } catch (InvalidOperationException e) { Console.WriteLine(e.Message); } Console.WriteLine(string.Join(",", Seq(3).ToBlockingEnumerable()));
static async IAsyncEnumerable<int> Seq(int n) { for (int i = 0; i < n; i++) { await Task.Yield(); yield return i; } }
