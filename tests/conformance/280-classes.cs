// Classes: virtual dispatch, hiding, base calls, abstract, interfaces re-implemented, explicit, default methods, indexers, nested, partial, extension methods, caller info.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

A a = new C();
Console.WriteLine(a.V() + a.H() + ((B)a).H() + ((C)a).H() + a);
B b = new();
Console.WriteLine(b.V() + ((A)b).H());
I1 i1 = new Multi();
I2 i2 = (I2)i1;
Console.WriteLine(i1.M() + i2.M() + ((Multi)i1).M() + i2.D() + ((I3)i1).D());
Console.WriteLine(new Multi()[3] + new Multi()["k", 2]);
Sh[] shapes =
{
    new Sq(2),
    new Ci(1)
};
Console.WriteLine(string.Join(" ", shapes.Select(s => $"{s.Name}:{s.Area():F2}")));
Console.WriteLine("hello".Shout(2) + 5.Sq() + new[] { 1, 2 }.Second() + ((string? )null).OrNull() + DayOfWeek.Monday.Next());
Console.WriteLine(new Outer.In().Peek() + Outer.Make().Peek());
Console.WriteLine(new Part().A() + new Part().B());
static string Info(string m = "", [CallerMemberName] string n = "?", [CallerLineNumber] int l = 0, [CallerArgumentExpression("m")] string ex = "") => $"{n}:{l}:{ex}";
Console.WriteLine(new CI().Prop + " " + new CI().Meth() + " " + new CI()[0] + " " + new CI().Lam() + " " + CI.Arg(1 + 2 * 3) + " " + CI.Arg("a" + "b".ToUpper()));
Console.WriteLine(CI.Line() + CI.Line());
var o = new object ();
Console.WriteLine($"{o} {new A()} {new int[0]} {new List<int>()} {new Outer.In()} {(object)typeof(int)} {new Dictionary<string, List<int>>()} {new Func<int>(() => 1)} {new { }} {new Exception("e").Message} {new Gen<int>.Nest<string>()}");
Console.WriteLine($"{o.Equals(o)} {o.Equals(null)} {new Eq(1).Equals(new Eq(1))} {new Eq(1) == new Eq(1)} {Equals(new Eq(2), new Eq(2))} {o.GetHashCode() == o.GetHashCode()} {new HashSet<Eq> { new(1), new(1) }.Count}");
Console.WriteLine(Stat.Count + Stat.Inc() + Stat.Count);
Sing.I.X = 4;
Console.WriteLine(Sing.I.X);
Console.WriteLine(new Opt().M(1) + new Opt().M(1, c: 5) + new Opt().M(b: "q", a: 2) + new Opt().P() + new Opt().P(1, 2) + new Opt().P(new[] { 1 }) + new Opt().Ov(1) + new Opt().Ov(1L) + new Opt().Ov(1.0) + new Opt().Ov('c') + new Opt().Ov((object)1) + new Opt().Ov((byte)1) + new Opt().Ov("s") + new Opt().Ov(null!));
var cov = new Cov2().Self();
Console.WriteLine(cov.Extra);
Console.WriteLine(new Cv(5) + 1 + (int)new Cv(3));
(int x, int y) = new Dec();
Console.WriteLine(x + y);
if (a is C { } cc && cc.V()is var vv)
    Console.WriteLine(vv);
a = null!;
Console.WriteLine(a?.V() ?? "null a");
Console.WriteLine((a as B)is null);
int? len = ((string? )null)?.Length;
Console.WriteLine(len.HasValue);
string? s2 = null;
s2 ??= "dflt";
Console.WriteLine(s2);
Console.WriteLine(nameof(Outer.In) + nameof(System.Collections.Generic.List<int>.Count) + nameof(a));
lbl:
    if (len is null)
    {
        len = 1;
        goto lbl;
    }

Console.WriteLine(len);
const int K = 5;
const string KS = "k" + nameof(K);
Console.WriteLine(KS + K * 2);
((Action)(() => Console.WriteLine("iife")))();
checked
{
    Console.WriteLine(K + 1);
}

{
    int scoped = 1;
    Console.WriteLine(scoped);
};
Console.WriteLine(true ? 1 : 'a');
var arr = new[]
{
    1,
    2.5,
    'c'
};
Console.WriteLine(arr[2]);
Console.WriteLine(default(int? )is null ? "nul" : "");
object bx = true ? 1 : "s";
Console.WriteLine(bx);
List<int> tt = true ? new()
{
    1
}

: [];
Console.WriteLine(tt.Count);
class A
{
    public virtual string V() => "A.V ";
    public string H() => "A.H ";
    public override string ToString() => "A!" + base.ToString();
}

class B : A
{
    public override string V() => "B.V>" + base.V();
    public new string H() => "B.H ";
}

class C : B
{
    public sealed override string V() => "C.V>" + base.V();
    public new virtual string H() => "C.H ";
    public override string ToString() => "C:" + base.ToString();
}

interface I1
{
    string M();
}

interface I2
{
    string M();
    string D() => "I2.D " + M();
}

interface I3 : I2
{
    string I2.D() => "I3.D ";
}

class Multi : I1, I3
{
    string I1.M() => "I1 ";
    string I2.M() => "I2 ";
    public string M() => "pub ";
    public string this[int i] => "i" + i;
    public string this[string s, int n] => s + n;
}

abstract class Sh
{
    public abstract double Area();
    public virtual string Name => GetType().Name;
}

class Sq(double s) : Sh
{
    public override double Area() => s * s;
    public override string Name => "Square";
}

class Ci(double r) : Sh
{
    public override double Area() => Math.PI * r * r;
}

static class X
{
    public static string Shout(this string s, int n) => s.ToUpper() + new string ('!', n);
    public static int Sq(this int i) => i * i;
    public static T Second<T>(this IEnumerable<T> e) => e.Skip(1).First();
    public static string OrNull(this string? s) => s ?? "<null>";
    public static DayOfWeek Next(this DayOfWeek d) => d + 1;
}

class Outer
{
    private int secret = 42;
    public class In
    {
        public int Peek() => new Outer().secret;
    }

    public static In Make() => new();
}

partial class Part
{
    public string A() => "pa";
    partial void Hook();
}

partial class Part
{
    public string B()
    {
        Hook();
        return "pb";
    }
}

class CI
{
    public string Prop => Who();

    public string Meth() => Who();
    public string this[int i] => Who();
    public string Lam() => ((Func<string>)(() => Who()))();
    public static string F = Who();
    public static string Who([CallerMemberName] string n = "?") => n;
    public static string Arg(object o, [CallerArgumentExpression(nameof(o))] string e = "") => e;
    public static int Line([CallerLineNumber] int l = 0) => l;
}

class Gen<T>
{
    public class Nest<U>
    {
    }
}

class Eq(int v)
{
    public int V = v;
    public override bool Equals(object? o) => o is Eq e && e.V == V;
    public override int GetHashCode() => V;
}

static class Stat
{
    public static int Count { get; private set; }

    public static string Inc()
    {
        Count++;
        return "+";
    }
}

sealed class Sing
{
    Sing()
    {
    }

    public static Sing I { get; } = new();

    public int X;
}

class Opt
{
    public string M(int a, string b = "d", int c = 3) => $"{a}{b}{c} ";
    public string P(params int[] xs) => xs.Length + " ";
    public string Ov(int x) => "int ";
    public string Ov(long x) => "long ";
    public string Ov(double x) => "double ";
    public string Ov(object x) => "object ";
    public string Ov(string x) => "string ";
}

class Cov
{
    public virtual Cov Self() => this;
}

class Cov2 : Cov
{
    public override Cov2 Self() => this;
    public string Extra => "cov";
}

struct Cv(int v)
{
    public static implicit operator int (Cv c) => c.V;
    public int V = v;
}

class Dec
{
    public void Deconstruct(out int a, out int b)
    {
        a = 3;
        b = 4;
    }
}
