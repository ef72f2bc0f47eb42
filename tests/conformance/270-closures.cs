// Closures: loop variables, nested scopes, shared captures, local functions (generic, recursive), delegates and events.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var fs = new List<Func<int>>();
for (int i = 0; i < 3; i++)
    fs.Add(() => i);
foreach (int i in new[]
{
    10,
    20
}

)
    fs.Add(() => i);
for (int i = 0; i < 2; i++)
{
    int j = i;
    fs.Add(() => i + j++ * 100);
}

Console.WriteLine(string.Join(",", fs.Select(f => f())) + " " + string.Join(",", fs.Select(f => f())));
int x = 1;
Action inc = () => x++;
Func<int> get = () => x;
inc();
inc();
Console.WriteLine(get() + x);
{
    int y = 5;
    Action both = () =>
    {
        x += y;
        y++;
    };
    both();
    both();
    Console.WriteLine(x + " " + y);
}

int Fact(int n) => n <= 1 ? 1 : n * Fact(n - 1);
bool Even(int n) => n == 0 || Odd(n - 1);
bool Odd(int n) => n != 0 && Even(n - 1);
T Id<T>(T t)
{
    x++;
    return t;
}

Console.WriteLine($"{Fact(6)} {Even(10)} {Id("q")} {Id(5)} {x}");
static int Pure(int a, int b = 3, params int[] rest) => a * b + rest.Length;
Console.WriteLine(Pure(2) + Pure(2, 4) + Pure(1, 1, 9, 9) + Pure(b: 5, a: 2));
Func<int, Func<int, Func<int, int>>> curry = a => b => c => a * 100 + b * 10 + c;
Console.WriteLine(curry(1)(2)(3));
Func<int, int>? rec = null;
rec = n => n == 0 ? 0 : n + rec!(n - 1);
Console.WriteLine(rec(4));
Func<Func<int, int>, int, int> twice = (f, v) => f(f(v));
Console.WriteLine(twice(v => v * 3, 2));
var bag = new Bag();
bag.Changed += (s, e) => Console.Write($"A{e} ");
EventHandler<int> h = (s, e) => Console.Write($"B{e} {s!.GetType().Name} ");
bag.Changed += h;
bag.Set(1);
bag.Changed -= h;
bag.Set(2);
bag.Changed -= h;
Console.WriteLine(bag.Count);
bag.Custom += () => Console.WriteLine("custom");
bag.Fire();
Action multi = () => Console.Write("1");
multi += () => Console.Write("2");
multi += multi;
multi();
Console.WriteLine(multi.GetInvocationList().Length);
Func<int> mf = () => 1;
mf += () => 2;
Console.WriteLine(mf());
Action? none = null;
none?.Invoke();
none += () => Console.WriteLine("x");
none();
none -= none;
Console.WriteLine(none is null);
Func<string, int> parse = int.Parse;
Console.WriteLine(parse("42") + 1);
Console.WriteLine(new[] { "3", "1" }.Select(int.Parse).Order().First());
var m = bag.Get;
Console.WriteLine(m(5) + " " + m.Method.Name + " " + (m.Target == bag));
Predicate<int> pr = 5.Equals;
Console.WriteLine(pr(5));
Comparison<int> cmp = (a, b) => b - a;
var lst = new List<int>
{
    1,
    3,
    2
};
lst.Sort(cmp);
Console.WriteLine(string.Join("", lst));
var lam = (int a, string b) => a + b;
Console.WriteLine(lam(1, "z") + lam.GetType().Name);
Console.WriteLine(((Func<int>)(() =>
{
    int s = 0;
    for (int i = 0; i < 4; i++)
    {
        if (i == 2)
            continue;
        s += i;
    }

    return s;
}))());
ref int rr = ref bag.Ref();
rr = 99;
Console.WriteLine(bag.Get(0));
int[] arr =
{
    1,
    2,
    3
};
ref int mx = ref Find(arr, 2);
mx *= 50;
Console.WriteLine(arr[1]);
static ref int Find(int[] a, int v)
{
    for (int i = 0; i < a.Length; i++)
        if (a[i] == v)
            return ref a[i];
    throw new Exception();
}

Console.WriteLine(arr.Sum());
void Out(out int a, ref int b, in int c)
{
    a = c;
    b += c;
}

int ob = 1;
Out(out int oa, ref ob, 5);
Console.WriteLine(oa + ob);
class Bag
{
    int v;
    public event EventHandler<int>? Changed;
    Action? cu;
    public event Action Custom
    {
        add
        {
            cu += value;
            Console.Write("add ");
        }

        remove => cu -= value;
    }

    public void Fire() => cu?.Invoke();
    public int Count => Changed?.GetInvocationList().Length ?? 0;

    public void Set(int n)
    {
        v = n;
        Changed?.Invoke(this, n);
        Console.WriteLine();
    }

    public int Get(int k) => v + k;
    public ref int Ref() => ref v;
}
