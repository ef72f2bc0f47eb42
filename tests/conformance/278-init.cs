// Initialisation order: static fields, static constructors, beforefieldinit, instance initialisers, base and virtual calls, Lazy, type initializer failures.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

Console.WriteLine("main");
Console.WriteLine(A.X);
new B();
new B();
Console.WriteLine(C.Const);
Console.WriteLine(C.Val);
try
{
    Console.WriteLine(Bad.V);
}
catch (TypeInitializationException e)
{
    Console.WriteLine(e.Message + " | " + e.InnerException!.Message + " | " + e.TypeName);
}

try
{
    _ = new Bad();
}
catch (TypeInitializationException e)
{
    Console.WriteLine(e.InnerException!.GetType().Name);
}

var lz = new Lazy<int>(() =>
{
    Console.Write("[made]");
    return 5;
});
Console.WriteLine(lz.IsValueCreated + " " + lz.Value + lz.Value + lz);
var lf = new Lazy<int>(() => throw new FormatException("lf"));
for (int i = 0; i < 2; i++)
    try
    {
        _ = lf.Value;
    }
    catch (FormatException e)
    {
        Console.WriteLine(e.Message);
    }

Console.WriteLine(G<int>.Name + G<string>.Name + G<int>.Name);
D d = new(3)
{
    P = 7,
    Q =
    {
        1,
        2
    },
    [5] = "five"
};
Console.WriteLine(d.P + d.Q.Count + d[5] + d.R);
Console.WriteLine(new Circ1().Y + Circ1.S + Circ2.S);
var e2 = new Ext("a")
{
    Opt = "o"
};
Console.WriteLine(e2.Full);
Console.WriteLine(new Prim(1, 2).Sum + new Prim(5).Sum);
Console.WriteLine(Nest.Inner.Z);
static class L
{
    public static int Log(string s, int v = 0)
    {
        Console.WriteLine("  " + s);
        return v;
    }
}

class A
{
    public static int X = L.Log("A.X", 4);
    static A()
    {
        L.Log("A cctor");
    }
}

class Base
{
    int a = L.Log("Base.a");
    public Base()
    {
        L.Log("Base ctor");
        Virt();
    }

    protected virtual void Virt() => L.Log("Base.Virt");
    static Base() => L.Log("Base cctor");
}

class B : Base
{
    int b = L.Log("B.b", 3);
    string s = "init";
    public B() : base()
    {
        L.Log("B ctor " + b + s);
        s = "done";
    }

    protected override void Virt() => L.Log("B.Virt " + b + (s ?? "null"));
    static int sb = L.Log("B.sb");
    static B() => L.Log("B cctor");
}

class C
{
    public const int Const = 9;
    public static readonly int Val = L.Log("C.Val", 2);
    static C() => L.Log("C cctor");
}

class Bad
{
    public static int V = 1;
    static Bad()
    {
        throw new InvalidOperationException("cctor failed");
    }
}

class G<T>
{
    public static string Name = Init();
    static string Init()
    {
        L.Log("G<" + typeof(T).Name + ">");
        return typeof(T).Name;
    }

    static G()
    {
    }
}

class D(int r)
{
    public int P { get; set; } = r * 2;
    public List<int> Q { get; } = new();

    readonly Dictionary<int, string> m = new();
    public string this[int i] { get => m[i]; set => m[i] = value; }

    public int R => r;
}

class Circ1
{
    public static int S = Circ2.S + 1;
    public int Y = S;
}

class Circ2
{
    public static int S = Circ1.S + 10;
}

class Ext
{
    readonly string n;
    public required string Opt { get; init; }
    public string Full => n + Opt;

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public Ext(string n)
    {
        this.n = n;
        Opt = "";
    }
}

class Prim(int a, int b)
{
    public Prim(int a) : this(a, a)
    {
        L.Log("chained");
    }

    public int Sum { get; } = a + b;
}

class Nest
{
    static Nest() => L.Log("Nest cctor");
    public class Inner
    {
        public static int Z = L.Log("Inner.Z", 6);
        static Inner()
        {
        }
    }
}
