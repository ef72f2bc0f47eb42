// Generic types and methods, variance, nested generic types, ref conditionals.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
var repo = new Repo<User, int>(u => u.Id);
repo.Add(new User { Id = 1, Name = "a" });
Console.WriteLine(repo.Get(1)?.Name + (repo.Get(2)?.Name ?? "none"));
Console.WriteLine(Swap(1, 2) + " " + Create<User>().Name + " " + Of<string>.Name + Of<int>.Name + typeof(List<>).Name + typeof(Dictionary<string, int>));
IProducer<object> po = new P();
Console.WriteLine(po.Get());
Action<object> ao = o => Console.WriteLine("act " + o);
Action<string> as_ = ao;
as_("x");
Result<int> r = Result<int>.Ok(5);
Console.WriteLine(r.Map(x => x * 2).Match(v => "v" + v, e => e));
Result<int> bad = new Result<int>.Err("e");
Console.WriteLine(bad is Result<int>.Err { Message: var m } ? m : "");
var stack = new MyStack<int>();
stack.Push(1);
stack.Push(2);
Console.WriteLine(stack.Pop());
Console.WriteLine(default(Guid));
Option<string> o = Option.Some("x");
Console.WriteLine(o.HasValue);
static (T2, T1) Swap<T1, T2>(T1 a, T2 b) => (b, a);
static T Create<T>() where T : new() => new T();
Tree<int> tr = new();
foreach (var i in new[] { 5, 2, 8 }) tr.Insert(i);
Console.WriteLine(string.Join(",", tr.InOrder()));
class User { public int Id { get; set; } public string Name { get; set; } = "def"; }
class Repo<T, K>(Func<T, K> key) where T : class where K : notnull
{
    private readonly Dictionary<K, T> d = new();
    public void Add(T t) => d[key(t)] = t;
    public T? Get(K k) => d.TryGetValue(k, out var v) ? v : null;
}
static class Of<T> { public static readonly string Name = typeof(T).Name; }
interface IProducer<out T> { T Get(); }
class P : IProducer<string> { public string Get() => "cov"; }
abstract record Result<T>
{
    public sealed record Okay(T V) : Result<T>;
    public sealed record Err(string Message) : Result<T>;
    public static Result<T> Ok(T v) => new Okay(v);
    public Result<R> Map<R>(Func<T, R> f) => this switch { Okay o => Result<R>.Ok(f(o.V)), Err e => new Result<R>.Err(e.Message), _ => throw new InvalidOperationException() };
    public R Match<R>(Func<T, R> ok, Func<string, R> err) => this switch { Okay(var v) => ok(v), Err(var m) => err(m), _ => throw new Exception() };
}
class MyStack<T>
{
    T[] a = new T[4];
    int n;
    public void Push(T t) { if (n == a.Length) Array.Resize(ref a, n * 2); a[n++] = t; }
    public T Pop() => n > 0 ? a[--n] : throw new InvalidOperationException("empty");
}
readonly struct Option<T> { public bool HasValue { get; init; } public T Value { get; init; } }
static class Option { public static Option<T> Some<T>(T v) => new() { HasValue = true, Value = v }; }
class Tree<T> where T : IComparable<T>
{
    class N { public T V = default!; public N? L, R; }
    N? root;
    public void Insert(T v)
    {
        ref N? p = ref root;
        while (p != null) p = ref (v.CompareTo(p.V) < 0 ? ref p.L : ref p.R);
        p = new N { V = v };
    }
    public IEnumerable<T> InOrder()
    {
        return Go(root);
        static IEnumerable<T> Go(N? n)
        {
            if (n == null) yield break;
            foreach (var x in Go(n.L)) yield return x;
            yield return n.V;
            foreach (var x in Go(n.R)) yield return x;
        }
    }
}
