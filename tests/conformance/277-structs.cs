// Struct semantics: copies, readonly defensive copies, boxing, interface calls, nested fields, arrays and lists of structs, ref returns.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var c = new Cnt();
c.Inc();
var c2 = c;
c2.Inc();
Console.WriteLine($"{c.N} {c2.N}");
ICnt i = c;
i.Inc();
i.Inc();
Console.WriteLine($"{c.N} {i.N} {((Cnt)i).N}");
object o = c;
((ICnt)o).Inc();
Console.WriteLine(((Cnt)o).N);
var arr = new Cnt[2];
arr[0].Inc();
arr[0].Inc();
Console.WriteLine(arr[0].N);
var list = new List<Cnt>
{
    c
};
list[0].Inc();
Console.WriteLine(list[0].N);
var h = new Hold();
h.RO.Inc();
h.RW.Inc();
Console.WriteLine($"{h.RO.N} {h.RW.N}");
h.Prop.Inc();
Console.WriteLine(h.Prop.N);
foreach (var x in arr)
    x.Inc();
Console.WriteLine(arr[0].N);
Gen(c);
Console.WriteLine(c.N);
GenRef(ref c);
Console.WriteLine(c.N);
static void Gen<T>(T t)
    where T : ICnt
{
    t.Inc();
    Console.Write(t.N + " ");
}

static void GenRef<T>(ref T t)
    where T : ICnt => t.Inc();
In(in c);
Console.WriteLine(c.N);
static void In(in Cnt x)
{
    x.Inc();
    Console.Write(x.N + " ");
}

Func<int> f = c.Next;
f();
f();
Console.WriteLine(f() + " " + c.N);
var p = new Pt
{
    X = 1,
    Y = 2
};
var q = p;
q.X = 10;
Console.WriteLine($"{p.X} {q.X} {p.Equals(q)} {p.Equals(new Pt { X = 1, Y = 2 })} {p}");
var outer = new Outer();
outer.P.X = 5;
var o2 = outer;
o2.P.X = 6;
Console.WriteLine($"{outer.P.X} {o2.P.X}");
Pt? np = p;
var v = np.Value;
v.X = 99;
Console.WriteLine(np.Value.X);
Console.WriteLine(new Pt().X + default(Pt).Y + new Def().V + default(Def).V + new Def(3).V);
var d = new Dictionary<Pt, string>
{
    [p] = "found"
};
Console.WriteLine(d[new Pt { X = 1, Y = 2 }]);
ref Pt rp = ref arr2()[0];
rp.X = 7;
Console.WriteLine(S.A[0].X);
static Pt[] arr2() => S.A;
Mut(ref p);
Console.WriteLine(p.X);
static void Mut(ref Pt z)
{
    z = new Pt
    {
        X = 77
    };
}

(p, q) = (q, p);
Console.WriteLine($"{p.X} {q.X}");
Console.WriteLine(new RO(4).With(5).V + " " + new RO(4) + " " + typeof(RO).IsValueType);
using (var ds = new Disp("a"))
{
}

foreach (var x in new Rng(2, 4))
    Console.Write(x);
Console.WriteLine();
Console.WriteLine(p.GetHashCode() == new Pt { X = 10, Y = 2 }.GetHashCode());
object b1 = 5, b2 = 5;
Console.WriteLine($"{b1 == b2} {b1.Equals(b2)} {ReferenceEquals(b1, b1)} {Equals(b1, b2)}");
IComparable ic = 5;
Console.WriteLine(ic.CompareTo(3));
var tup = (A: new Cnt(), B: 1);
tup.A.Inc();
Console.WriteLine(tup.A.N);
var self = new SelfRef(1);
self.Replace();
Console.WriteLine(self.V);
interface ICnt
{
    int N { get; }

    void Inc();
}

struct Cnt : ICnt
{
    public int N { get; private set; }

    public void Inc() => N++;
    public int Next()
    {
        N += 10;
        return N;
    }
}

class Hold
{
    public readonly Cnt RO;
    public Cnt RW;
    public Cnt Prop { get; set; }
}

struct Pt
{
    public int X, Y;
}

struct Outer
{
    public Pt P;
}

struct Def
{
    public int V = 8;
    public Def()
    {
    }

    public Def(int v)
    {
        V += v;
    }
}

static class S
{
    public static Pt[] A = new Pt[1];
}

readonly struct RO(int v)
{
    public int V { get; } = v;

    public RO With(int x) => new(x);
    public override string ToString() => $"RO{V}";
}

struct Disp(string n) : IDisposable
{
    public void Dispose() => Console.WriteLine("disp " + n);
}

readonly struct Rng(int a, int b)
{
    public E GetEnumerator() => new(a, b);
    public struct E(int a, int b)
    {
        int c = a - 1;
        public bool MoveNext() => ++c <= b;
        public readonly int Current => c;
    }
}

struct SelfRef(int v)
{
    public int V = v;
    public void Replace() => this = new SelfRef(V + 41);
}
