// Operators over IAsyncEnumerable written by hand.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
await foreach (var x in Range(1, 10).WhereAsync(x => x % 2 == 0).SelectAsync(x => x * x)) Console.WriteLine(x);
Console.WriteLine(string.Join(",", await Range(1, 3).ToListAsync2()));
await foreach (var b in Range(1, 7).Batch(3)) Console.WriteLine(string.Join("+", b));
await using var e = Range(5, 2).GetAsyncEnumerator(); while (await e.MoveNextAsync()) Console.WriteLine(e.Current);
using var cts = new CancellationTokenSource();
try { await foreach (var x in Range(1, 100).WithCancellation(cts.Token)) if (x == 3) cts.Cancel(); }
catch (OperationCanceledException) { Console.WriteLine("cancelled"); }
static async IAsyncEnumerable<int> Range(int s, int n, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct = default)
{
    try { for (int i = 0; i < n; i++) { ct.ThrowIfCancellationRequested(); await Task.Yield(); yield return s + i; } }
    finally { Console.WriteLine("done"); }
}
static class Ext {
  public static async IAsyncEnumerable<T> WhereAsync<T>(this IAsyncEnumerable<T> s, Func<T, bool> p)
  {
      await foreach (var x in s) if (p(x)) yield return x;
  }
  public static async IAsyncEnumerable<R> SelectAsync<T, R>(this IAsyncEnumerable<T> s, Func<T, R> f)
  {
      await foreach (var x in s.ConfigureAwait(false)) yield return f(x);
  }
  public static async Task<List<T>> ToListAsync2<T>(this IAsyncEnumerable<T> s)
  {
      var l = new List<T>();
      await foreach (var x in s) l.Add(x);
      return l;
  }
  public static async IAsyncEnumerable<T[]> Batch<T>(this IAsyncEnumerable<T> s, int n)
  {
      var b = new List<T>(n);
      await foreach (var x in s) { b.Add(x); if (b.Count == n) { yield return b.ToArray(); b.Clear(); } }
      if (b.Count > 0) yield return [.. b];
  }
}
