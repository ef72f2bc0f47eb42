// Generic async everything: methods, classes, constraints, interfaces with default async members, recursion, static lambdas.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

Console.WriteLine(await new Cache<int, string>(async k =>
{
    await Task.Yield();
    return "v" + k;
}).Get(3));
Console.WriteLine(await Map(new[] { 1, 2, 3 }, async x =>
{
    await Task.Yield();
    return x * 1.5;
}));
Console.WriteLine(string.Join(",", await Fold(Enumerable.Range(1, 4), new List<int>(), async (l, x) =>
{
    await Task.Yield();
    l.Add(x * x);
    return l;
})));
IWorker w = new Worker();
Console.WriteLine(await w.Twice(4) + await w.Once(1));
Console.WriteLine(await Fib(10) + await Ack(2, 2));
Console.WriteLine(await new Derived().Run());
Console.WriteLine((await Pair<string, int>("a", 1)).ToString() + await Def<int>() + (await Def<string>() ?? "null"));
Console.WriteLine(await Enumerable.Range(0, 3).SumAsync(static async i =>
{
    await Task.CompletedTask;
    return i + 1;
}));
var dict = new Dictionary<string, Func<int, Task<int>>>
{
    ["dbl"] = async x =>
    {
        await Task.Yield();
        return x * 2;
    },
    ["neg"] = x => Task.FromResult(-x)
};
foreach (var(k, f)in dict)
    Console.Write($"{k}={await f(21)} ");
Console.WriteLine();
var st = new Stepper();
await st.Go().Go2();
Console.WriteLine(st.N);
async Task<int> Local<T>(T t)
    where T : notnull
{
    await Task.Yield();
    return t.GetHashCode();
}

Console.WriteLine(await Local(5) + await Local(true));
static async Task<string> Map<T, R>(IEnumerable<T> xs, Func<T, Task<R>> f)
{
    var l = new List<R>();
    foreach (var x in xs)
        l.Add(await f(x));
    return string.Join(";", l);
}

static async ValueTask<A> Fold<T, A>(IEnumerable<T> xs, A seed, Func<A, T, ValueTask<A>> f)
{
    foreach (var x in xs)
        seed = await f(seed, x);
    return seed;
}

static async ValueTask<long> Fib(int n) => n < 2 ? n : await Fib(n - 1) + await Fib(n - 2);
static async Task<int> Ack(int m, int n) => m == 0 ? n + 1 : n == 0 ? await Ack(m - 1, 1) : await Ack(m - 1, await Ack(m, n - 1));
static async Task<(A, B)> Pair<A, B>(A a, B b)
{
    await Task.Yield();
    return (a, b);
}

static async Task<T?> Def<T>()
{
    await Task.Yield();
    return default;
}

class Cache<K, V>(Func<K, Task<V>> load)
    where K : notnull
{
    readonly Dictionary<K, V> d = new();
    public async ValueTask<V> Get(K k) => d.TryGetValue(k, out var v) ? v : d[k] = await load(k);
}

interface IWorker
{
    Task<int> Once(int n);
    async Task<int> Twice(int n) => await Once(n) + await Once(n);
}

class Worker : IWorker
{
    public async Task<int> Once(int n)
    {
        await Task.Yield();
        return n + 1;
    }
}

abstract class Base
{
    protected virtual async Task<string> Core()
    {
        await Task.Yield();
        return "base";
    }

    public async Task<string> Run() => "<" + await Core() + ">";
}

class Derived : Base
{
    protected override async Task<string> Core() => "derived:" + await base.Core();
}

static class X
{
    public static async Task<int> SumAsync<T>(this IEnumerable<T> xs, Func<T, ValueTask<int>> f)
    {
        int s = 0;
        foreach (var x in xs)
            s += await f(x);
        return s;
    }

    public static async Task Go2(this Task<Stepper> t)
    {
        (await t).N += 10;
    }
}

class Stepper
{
    public int N;
    public async Task<Stepper> Go()
    {
        await Task.Yield();
        N++;
        return this;
    }
}
