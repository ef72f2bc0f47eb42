// Query expressions over tasks and a type of one's own: the pattern, not LINQ, is what counts.
using System; using System.Collections.Generic; using System.Linq; using System.Threading.Tasks;
var r = await (from a in Task.FromResult(3) from b in Get(a) let c = a + b where c > 3 select a * b + c);
Console.WriteLine(r);
var m = from x in new Maybe<int>(5, true) from y in new Maybe<int>(7, true) select x + y; Console.WriteLine(m);
int n = 0;
var fs = (from i in Enumerable.Range(0, 3) let j = i * 2 select (Func<int>)(() => i + j + n)).ToList();
n = 100;
Console.WriteLine(string.Join(",", fs.Select(f => f())));
static async Task<int> Get(int x) { await Task.Yield(); return x + 1; }
record Maybe<T>(T V, bool Has);
static class X {
  public static Maybe<R> SelectMany<T, U, R>(this Maybe<T> m, Func<T, Maybe<U>> f, Func<T, U, R> p)
  {
      if (!m.Has) return new(default!, false);
      var u = f(m.V);
      return u.Has ? new(p(m.V, u.V), true) : new(default!, false);
  }
  public static async Task<R> SelectMany<T, U, R>(this Task<T> t, Func<T, Task<U>> f, Func<T, U, R> p)
  {
      var a = await t;
      return p(a, await f(a));
  }
  public static async Task<R> Select<T, R>(this Task<T> t, Func<T, R> f) => f(await t);
  public static async Task<T> Where<T>(this Task<T> t, Func<T, bool> f) { var a = await t; return f(a) ? a : throw new Exception(); }
}
