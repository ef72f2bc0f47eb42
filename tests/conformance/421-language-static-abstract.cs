// Static abstract and virtual members of interfaces: methods, properties, operators, in async code and lambdas too.
using System; using System.Collections.Generic; using System.Linq; using System.Threading.Tasks;
Console.WriteLine(Make<Dog>().Speak() + Make<Cat>().Speak());
Console.WriteLine(Add(new V(1), new V(2)).N);
Console.WriteLine(Kind<Dog>() + Kind<Cat>());
Console.WriteLine(SumAll(new V(1), new V(2), new V(3)).N);
Console.WriteLine(await Load<Repo>(3));
Console.WriteLine(Less(new V(1), new V(2)));
Console.WriteLine(Names<Dog, Cat>());
static T Make<T>() where T : IAnimal<T> => T.Create();
static string Kind<T>() where T : IAnimal<T> => T.Kind;
static T Add<T>(T a, T b) where T : IAddable<T> => a + b;
static bool Less<T>(T a, T b) where T : IAddable<T> => a < b;
static T SumAll<T>(params T[] xs) where T : IAddable<T> { T t = T.Zero; foreach (var x in xs) { t += x; } t++; return -t; }
static async Task<string> Load<T>(int id) where T : ILoader
{
    await Task.Yield();
    var s = await T.LoadAsync(id);
    Func<string> f = () => T.Name + s;
    return f();
}
static string Names<A, B>() where A : IAnimal<A> where B : IAnimal<B> => string.Join(",", new[] { 1, 2 }.Select(x => x == 1 ? A.Kind : B.Kind));
interface IAnimal<T> where T : IAnimal<T> { static abstract T Create(); string Speak(); static virtual string Kind => "animal"; }
class Dog : IAnimal<Dog> { public static Dog Create() => new(); public string Speak() => "woof"; public static string Kind => "dog"; }
class Cat : IAnimal<Cat> { static Cat IAnimal<Cat>.Create() => new(); public string Speak() => "meow"; }
interface IAddable<T> where T : IAddable<T>
{
    static abstract T Zero { get; }
    static abstract T operator +(T a, T b);
    static abstract T operator ++(T a);
    static abstract T operator -(T a);
    static abstract bool operator <(T a, T b);
    static abstract bool operator >(T a, T b);
}
record struct V(int N) : IAddable<V>
{
    public static V Zero => new(0);
    public static V operator +(V a, V b) => new(a.N + b.N);
    public static V operator ++(V a) => new(a.N + 1);
    public static V operator -(V a) => new(-a.N);
    public static bool operator <(V a, V b) => a.N < b.N;
    public static bool operator >(V a, V b) => a.N > b.N;
}
interface ILoader { static abstract Task<string> LoadAsync(int id); static abstract string Name { get; } }
class Repo : ILoader
{
    public static async Task<string> LoadAsync(int id) { await Task.Delay(1); return "r" + id; }
    public static string Name => "repo ";
}
