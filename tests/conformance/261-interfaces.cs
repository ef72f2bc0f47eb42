// Interfaces: explicit, re-implementation, default members and state, generic twice, events and indexers in them, struct implementers, static members.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

IShape s = new Sq();
Console.WriteLine(s.Area() + s.Name + s.Describe() + ((IShape)new Ci()).Describe());
INum<int> a = new Both();
INum<string> b = new Both();
Console.WriteLine(a.Get() + b.Get());
var st = new SImpl();
((ICount)st).Inc();
Console.WriteLine(st.N);
ICount box = st;
box.Inc();
box.Inc();
Console.WriteLine(box.N + "" + st.N);
IIdx ix = new Idx();
ix[3] = 5;
Console.WriteLine(ix[3] + ix.P);
ix.Ev += (o, e) => Console.WriteLine("ev " + e);
((Idx)ix).Raise();
Console.WriteLine(IShape.Created + IShape.Make().Name);
IRead rd = new RW();
IWrite wr = (IWrite)rd;
wr.V = 9;
Console.WriteLine(rd.V);
Base1 bb = new Der1();
Console.WriteLine(((IFoo)bb).Foo() + bb.Foo() + ((IFoo)new Der2()).Foo());
Console.WriteLine(new Der1() is IFoo && (object)1 is IComparable<int> && !((object)"s" is IFoo));
IEnumerable<IShape> shapes = new List<Sq>
{
    new(),
    new()
};
Console.WriteLine(shapes.Count());
Console.WriteLine(Gen(new SImpl()) + Gen2(new Ci()));
static string Gen<T>(T t)
    where T : struct, ICount
{
    t.Inc();
    t.Inc();
    return t.N + " ";
}

static string Gen2<T>(T t)
    where T : IShape, new() => new T().Name + t.Describe();
IA ia = new AB();
Console.WriteLine(ia.X() + ((IB)ia).X() + ((IC)ia).X());
IDisposable d = new Dsp();
d.Dispose();
using (new Dsp())
{
}

Console.WriteLine(((IEquatable<Sq>)new Sq()).Equals(new Sq()));
IComparable c1 = "a";
Console.WriteLine(c1.CompareTo("b"));
Func<IShape> mk = () => new Sq();
Console.WriteLine(mk().Name);
Console.WriteLine(new Chain().A().B().A().Log);
interface IShape
{
    double Area();
    string Name => "shape" + Area();

    string Describe() => $"[{Name}]";
    static int Created = 3;
    static IShape Make() => new Ci();
}

class Sq : IShape, IEquatable<Sq>
{
    public double Area() => 4;
    public string Name => "sq";

    bool IEquatable<Sq>.Equals(Sq? o) => o != null;
}

class Ci : IShape
{
    double IShape.Area() => 3.5;
}

interface INum<T>
{
    T Get();
}

class Both : INum<int>, INum<string>
{
    int INum<int>.Get() => 1;
    string INum<string>.Get() => "one";
}

interface ICount
{
    int N { get; }

    void Inc();
}

struct SImpl : ICount
{
    public int N { get; private set; }

    public void Inc() => N++;
}

interface IIdx
{
    int this[int i] { get; set; }

    int P { get => 100; }

    event EventHandler<int> Ev;
}

class Idx : IIdx
{
    readonly Dictionary<int, int> d = new();
    public int this[int i] { get => d[i]; set => d[i] = value; }

    public event EventHandler<int>? Ev;
    public void Raise() => Ev?.Invoke(this, 7);
}

interface IRead
{
    int V { get; }
}

interface IWrite
{
    int V { set; }
}

class RW : IRead, IWrite
{
    public int V { get; set; }
}

interface IFoo
{
    string Foo();
}

class Base1 : IFoo
{
    public string Foo() => "base ";
}

class Der1 : Base1, IFoo
{
    public new string Foo() => "der1 ";
}

class Der2 : Base1
{
    public new string Foo() => "der2 ";
}

interface IA
{
    string X() => "A";
}

interface IB : IA
{
    string IA.X() => "B-A";
    new string X() => "B";
}

interface IC : IA
{
    new string X() => "C";
}

class AB : IB, IC
{
}

class Dsp : IDisposable
{
    void IDisposable.Dispose() => Console.WriteLine("dsp");
}

class Chain
{
    public string Log = "";
    public Chain A()
    {
        Log += "A";
        return this;
    }

    public Chain B()
    {
        Log += "B";
        return this;
    }
}
