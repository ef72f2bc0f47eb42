// Generics: constraints, variance, static fields per instantiation, default interface methods, generic math-free operators.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

Console.WriteLine(Max(3, 7) + Max("a", "b") + Max(2.5, 1.5));
Console.WriteLine(Make<Thing>().Name + Make<int>() + (Def<string>() ?? "null"));
Counter<int>.N++;
Counter<int>.N++;
Counter<string>.N++;
Console.WriteLine($"{Counter<int>.N} {Counter<string>.N} {Counter<long>.N}");
IEnumerable<object> co = new List<string>
{
    "x",
    "y"
};
foreach (object o in co)
    Console.Write(o);
Action<object> ao = o => Console.Write(o.GetType().Name);
Action<string> asx = ao;
asx("s");
Func<string> fs = () => "f";
Func<object> fo = fs;
Console.WriteLine(fo());
IAnimal d = new Dog(), c = new Cat();
Console.WriteLine(d.Speak() + c.Speak() + d.Twice() + c.Twice());
IComparer<Animal2> ca = Comparer<Animal2>.Create((p, q) => p.W - q.W);
IComparer<Dog2> cd = ca;
Console.WriteLine(cd.Compare(new(1), new(2)));
Console.WriteLine(new Pair<int, string>(1, "z").Swap().ToString());
Console.WriteLine(Pair.Of(1, 'c'));
Console.WriteLine(typeof(Pair<, >).Name + " " + typeof(Pair<int, List<string>>));
Console.WriteLine(new Stack2<int>().Push(1).Push(2).Pop());
Node<int> list = new(1, new(2, new(3, null)));
Console.WriteLine(string.Join(">", list));
Console.WriteLine(list.Map(x => x * 1.5).Aggregate("", (s, x) => s + x + ";"));
Console.WriteLine(Sum(new[] { 1, 2, 3 }, x => x) + Sum(new[] { "a", "bb" }, x => x.Length));
static T Max<T>(T a, T b)
    where T : IComparable<T> => a.CompareTo(b) >= 0 ? a : b;
static T Make<T>()
    where T : new() => new T();
static T? Def<T>() => default;
static int Sum<T>(IEnumerable<T> xs, Func<T, int> f)
{
    int s = 0;
    foreach (var x in xs)
        s += f(x);
    return s;
}

Console.WriteLine(Kind<int>() + Kind<string>() + Kind<List<int>>() + Kind<int?>());
static string Kind<T>() => typeof(T) == typeof(int) ? "int " : default(T)is null ? "nullable " + typeof(T).Name + " " : "other ";
Console.WriteLine(Conv<int, long>(5, x => x) + Conv<string, int>("abc", s => s.Length));
static R Conv<T, R>(T t, Func<T, R> f)
    where R : struct => f(t);
Console.WriteLine(EqualityComparer<string>.Default.Equals("a", "A") + " " + Comparer<int?>.Default.Compare(null, 1));
Swap(ref Counter<int>.N, ref Counter<long>.N);
Console.WriteLine(Counter<long>.N);
static void Swap<T>(ref T a, ref T b) => (a, b) = (b, a);
IRepo<Thing> r = new Repo<Thing>();
r.Add(new Thing { Name = "one" });
Console.WriteLine(r.Find(t => t.Name == "one")?.Name + r.Count + (r.Find(_ => false) == null));
Console.WriteLine(new Derived<string>("q").Show());
unsafe_free<Thing>(new());
static void unsafe_free<T>(T t)
    where T : class, IHas, new() => Console.WriteLine(t.Name);
enumTest<DayOfWeek>();
static void enumTest<T>()
    where T : struct, Enum => Console.WriteLine(string.Join(",", Enum.GetNames<T>().Take(2)));
Console.WriteLine(default(Cell<int>).Get() + new Cell<string> { V = "v" }.Get());
struct Cell<T>
{
    public T V;
    public readonly string Get() => V?.ToString() ?? "none";
}

interface IHas
{
    string Name { get; }
}

class Thing : IHas
{
    public string Name { get; set; } = "thing";
}

class Counter<T>
{
    public static int N;
}

interface IAnimal
{
    string Speak();
    string Twice() => Speak() + Speak();
}

class Dog : IAnimal
{
    public string Speak() => "woof";
}

class Cat : IAnimal
{
    public string Speak() => "meow";
    string IAnimal.Twice() => "purr";
}

record Animal2(int W);
record Dog2(int W) : Animal2(W);
class Pair<A, B>(A a, B b)
{
    public Pair<B, A> Swap() => new(b, a);
    public override string ToString() => $"({a},{b})";
}

static class Pair
{
    public static Pair<A, B> Of<A, B>(A a, B b) => new(a, b);
}

class Stack2<T>
{
    readonly List<T> l = new();
    public Stack2<T> Push(T t)
    {
        l.Add(t);
        return this;
    }

    public T Pop()
    {
        var t = l[^1];
        l.RemoveAt(l.Count - 1);
        return t;
    }
}

class Node<T>(T v, Node<T>? next) : IEnumerable<T>
{
    public IEnumerator<T> GetEnumerator()
    {
        for (Node<T>? n = this; n != null; n = n.Next)
            yield return n.Value;
    }

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    public T Value => v;
    public Node<T>? Next => next;

    public IEnumerable<R> Map<R>(Func<T, R> f)
    {
        foreach (var x in this)
            yield return f(x);
    }
}

interface IRepo<T>
    where T : class
{
    void Add(T t);
    int Count { get; }

    T? Find(Predicate<T> p);
}

class Repo<T> : IRepo<T> where T : class
{
    readonly List<T> l = new();
    public void Add(T t) => l.Add(t);
    public int Count => l.Count;

    public T? Find(Predicate<T> p) => l.Find(p);
}

class BaseG<T>(T v)
{
    protected T V = v;
    public virtual string Show() => $"base {V}";
}

class Derived<T>(T v) : BaseG<T>(v)
{
    public override string Show() => "derived " + base.Show();
}
