// classes, generics, operators, events, iterators, patterns, formats, messages
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
var s = new Stack2<int>(); s.Push(1); s.Push(2); Console.WriteLine(s.Pop() + s.Count);
IShape sh = new Sq(3); Console.WriteLine(sh.Area + " " + sh.Describe());
Vec a = new(1, 2), b = new(3, 4); Console.WriteLine((a + b) + " " + (a * 2) + " " + (a == b) + " " + -a);
var btn = new Button(); btn.Clicked += (o, e) => Console.WriteLine("clicked " + e); btn.Click("x");
EventHandler<string> h = (o, e) => Console.WriteLine("h2"); btn.Clicked += h; btn.Click("y"); btn.Clicked -= h; btn.Click("z");
var m = new Matrix(); m[1, 2] = 5; Console.WriteLine(m[1, 2]);
foreach (var x in Evens(10).Where(x => x > 2)) Console.Write(x + " "); Console.WriteLine();
static IEnumerable<int> Evens(int n) { try { for (int i = 0; i < n; i += 2) yield return i; } finally { Console.Write("done "); } }
Console.WriteLine(Max(3, 7) + Max("a", "b"));
static T Max<T>(T a, T b) where T : IComparable<T> => a.CompareTo(b) > 0 ? a : b;
int refv = 5; Inc(ref refv); Out(out int ov); Console.WriteLine(refv + ov);
static void Inc(ref int x) => x++; static void Out(out int x) { x = 10; }
Animal[] zoo = { new Dog(), new Cat(), new Animal() }; foreach (var z in zoo) Console.Write(z.Speak() + (z is Dog ? "!" : "") + " "); Console.WriteLine();
Console.WriteLine(string.Join(",", new SortedDictionary<string, int> { ["b"] = 1, ["a"] = 2 }.Select(kv => kv.Key + kv.Value)));
var q = from_list(new[] { 5, 3, 8 }).OrderByDescending(x => x).ToList(); Console.WriteLine(string.Join(" ", q));
static List<int> from_list(int[] xs) => xs.ToList();
Console.WriteLine(new Temp(21.5) { Unit = "C" });
Console.WriteLine((Celsius)100.0 + " " + (double)new Celsius(5));
Func<int, Func<int, int>> add = x => y => x + y; Console.WriteLine(add(3)(4));
Action multi = () => Console.Write("1"); multi += () => Console.Write("2"); multi(); Console.WriteLine();
int[] arr = { 5, 2, 9 }; Array.Sort(arr); Array.Reverse(arr); Console.WriteLine(string.Join(",", arr) + Array.IndexOf(arr, 2));
Console.WriteLine("Hello"[1] + "Hello".Substring(2, 2) + "Hello".Replace('l', 'L') + "Hello".IndexOf("lo") + " a b ".Trim() + "x,y".Split(',').Length);
Console.WriteLine($"{1.0 / 3:F4} {1e10} {1.5f} {100m / 3m:0.00} {-5 % 3} {7 / 2} {7 >> 1} {1 << 4} {~5} {5 ^ 3}");
Console.WriteLine(int.Parse("42") + int.MaxValue.ToString() + double.Parse("1.5") + bool.Parse("true"));
try { int.Parse("abc"); } catch (FormatException e) { Console.WriteLine(e.Message); }
try { checked { int big = int.MaxValue; big++; } } catch (OverflowException e) { Console.WriteLine(e.Message); }
try { new List<int> { 1 }.First(x => x > 5); } catch (InvalidOperationException e) { Console.WriteLine(e.Message); }
try { var l = new List<int> { 1, 2 }; foreach (var x in l) l.Add(x); } catch (InvalidOperationException e) { Console.WriteLine(e.Message); }
try { new Dictionary<int, int> { { 1, 1 }, { 1, 2 } }.ToString(); } catch (ArgumentException e) { Console.WriteLine(e.Message); }
try { _ = new List<int>()[0]; } catch (ArgumentOutOfRangeException e) { Console.WriteLine(e.Message); }
try { new Queue<int>().Dequeue(); } catch (InvalidOperationException e) { Console.WriteLine(e.Message); }
goto end; end: Console.WriteLine("end");
object box = new S { X = 3 }; ((S)box).Bump(); Console.WriteLine(((S)box).X); S cp = (S)box; cp.Bump(); Console.WriteLine(cp.X);
IBump ib = (S)box; ib.Bump(); Console.WriteLine(((S)ib).X);
Console.WriteLine(Describe(5) + Describe("s") + Describe(null) + Describe(new[] { 1, 2 }) + Describe(new P(1, 2)));
static string Describe(object? o) => o switch { null => "null ", int and > 3 => "bigint ", string { Length: 1 } => "one ", int[] and [1, ..] => "arr ", P(var x, 2) => "P" + x, _ => "? " };
do { refv--; if (refv == 3) break; } while (refv > 0); Console.WriteLine(refv);
Console.WriteLine(Outer.Inner.Val + Outer.Make<string>().GetType().Name);
var (n1, (n2, n3)) = (1, (2, 3)); Console.WriteLine(n1 + n2 + n3);
long big2 = 1L << 40; ulong u = ulong.MaxValue; uint ui = 3000000000; short sh2 = -3; byte by = 255; char ch = 'x'; Console.WriteLine($"{big2} {u} {ui} {sh2} {by} {ch} {(char)(ch + 1)} {(int)ch}");
record P(int A, int B); struct S : IBump { public int X; public void Bump() => X++; } interface IBump { void Bump(); }
class Outer { public class Inner { public static int Val = 7; } public static T2<T> Make<T>() => new(); public class T2<T> { } }
class Stack2<T> { T[] items = new T[4]; int n; public void Push(T t) { if (n == items.Length) Array.Resize(ref items, n * 2); items[n++] = t; } public T Pop() => items[--n]; public int Count => n; }
interface IShape { double Area { get; } string Describe() => "shape " + Area; } class Sq : IShape { double s; public Sq(double s) { this.s = s; } public double Area => s * s; }
readonly struct Vec { public readonly int X, Y; public Vec(int x, int y) { X = x; Y = y; } public static Vec operator +(Vec a, Vec b) => new(a.X + b.X, a.Y + b.Y); public static Vec operator *(Vec a, int k) => new(a.X * k, a.Y * k); public static Vec operator -(Vec a) => new(-a.X, -a.Y); public static bool operator ==(Vec a, Vec b) => a.X == b.X; public static bool operator !=(Vec a, Vec b) => !(a == b); public override bool Equals(object? o) => o is Vec v && this == v; public override int GetHashCode() => X; public override string ToString() => $"({X},{Y})"; }
class Button { public event EventHandler<string>? Clicked; public void Click(string s) => Clicked?.Invoke(this, s); }
class Matrix { int[] d = new int[100]; public int this[int r, int c] { get => d[r * 10 + c]; set => d[r * 10 + c] = value; } }
class Animal { public virtual string Speak() => "..."; } class Dog : Animal { public override string Speak() => "woof"; } class Cat : Animal { public sealed override string Speak() => "meow" + base.Speak(); }
class Temp { double v; public Temp(double v) => this.v = v; public required string Unit { get; init; } [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public Temp() { Unit = ""; } public override string ToString() => v + Unit; }
readonly record struct Celsius(double V) { public static explicit operator Celsius(double d) => new(d); public static explicit operator double(Celsius c) => c.V; }
