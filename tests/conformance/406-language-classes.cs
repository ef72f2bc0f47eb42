// Abstract and sealed members, interfaces with bodies, indexers, partial types, ??= on nullable fields.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
Animal a = new Dog("Rex");
Console.WriteLine(a + " " + a.Speak() + " " + ((IWalk)a).Walk());
Console.WriteLine(a is IWalk { Legs: 4 });
foreach (Animal x in new Animal[] { new Dog("a"), new Cat() }) Console.WriteLine(x.Speak());
Counter.Inc();
Counter.Inc();
Console.WriteLine(Counter.Value + Counter.Name);
var p = new Person { First = "A", Last = "B" };
Console.WriteLine(p.Full + p["x"]);
p[0] = "z";
Console.WriteLine(p[0]);
var b = new Builder().With("a").With("b").Build();
Console.WriteLine(b);
Console.WriteLine("hello".Shout() + 5.Times(x => x));
Console.WriteLine(new Base2().Get() + new Derived2().Get() + ((Base2)new Derived2()).Get() + ((Base2)new Derived2()).Hidden());
Console.WriteLine(new Outer.Inner().V);
IDef d = new Def();
Console.WriteLine(d.M());
Partial.A();
Console.WriteLine(new Lz().X);
var s1 = new S { X = 1 };
var s2 = s1;
s2.X = 2;
Console.WriteLine(s1.X);
Console.WriteLine(Sealed.Instance == Sealed.Instance);
Deconstruct(new Person { First = "q", Last = "w" });
void Deconstruct(Person pp) { var (f, l) = pp; Console.WriteLine(f + l); }
Console.WriteLine(new Prim(3).Twice());
Console.WriteLine(new Req { Must = 1 }.Must);
Console.WriteLine(((object)new Dog("x")).GetType().Name + a.GetType().BaseType!.Name + (a.GetType() == typeof(Dog)));
abstract class Animal { public abstract string Speak(); public override string ToString() => GetType().Name; }
interface IWalk { int Legs { get; } string Walk() => $"walks on {Legs}"; }
class Dog(string name) : Animal, IWalk { public int Legs => 4; public override string Speak() => name + " woof"; }
class Cat : Animal { public sealed override string Speak() => "meow"; }
static class Counter
{
    static int v;
    static Counter() { Console.WriteLine("cctor"); }
    public static string Name { get; } = "ctr";
    public static int Value => v;
    public static void Inc() => v++;
}
class Person
{
    string[] data = new string[2];
    public required string First { get; init; }
    public string Last { get; set; } = "";
    public string Full => $"{First} {Last}";
    public string this[int i] { get => data[i]; set => data[i] = value; }
    public string this[string s] => s + s;
    public void Deconstruct(out string f, out string l) => (f, l) = (First, Last);
}
class Builder
{
    readonly List<string> l = [];
    public Builder With(string s) { l.Add(s); return this; }
    public string Build() => string.Join("+", l);
}
static class Ext
{
    public static string Shout(this string s) => s.ToUpper() + "!";
    public static int Times(this int n, Func<int, int> f) { int t = 0; for (int i = 0; i < n; i++) t += f(i); return t; }
}
class Base2 { public virtual int Get() => 1; public int Hidden() => 10; }
class Derived2 : Base2 { public override int Get() => base.Get() + 1; public new int Hidden() => 20; }
class Outer { private static int secret = 7; public class Inner { public int V => secret; } }
interface IDef { string M() => "default"; }
class Def : IDef { }
static partial class Partial { public static partial void A(); }
static partial class Partial { public static partial void A() => Console.WriteLine("partial"); }
class Lz { int? x; public int X => x ??= 5; }
struct S { public int X; }
sealed class Sealed { public static Sealed Instance { get; } = new(); private Sealed() { } }
class Prim(int n) { public int Twice() => n * 2; }
class Req { public required int Must { get; init; } }
