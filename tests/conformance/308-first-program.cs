// a bit of everything a first program uses
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using System.Text;

int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);
Console.WriteLine(Fib(15));
var list = new List<int> { 3, 1, 2 };
list.Sort();
Console.WriteLine(string.Join(",", list));
var words = new[] { "apple", "bob", "cat" };
foreach (var (w, i) in words.Select((w, i) => (w, i))) Console.WriteLine($"{i}:{w,-8}|");
Console.WriteLine(words.Where(w => w.Length == 3).Select(w => w.ToUpper()).Aggregate((a, b) => a + "-" + b));
var p = new Point(1, 2);
var q = p with { Y = 5 };
Console.WriteLine(p + " " + q + " " + (p == new Point(1, 2)));
object o = 42;
string d = o switch { int n when n > 40 => "big", int n => "int " + n, string s => s, null => "null", _ => "other" };
Console.WriteLine(d);
if (o is int k && k > 3) Console.WriteLine(k * 2);
int? maybe = null;
Console.WriteLine(maybe ?? -1);
maybe = 7;
Console.WriteLine(maybe + 1);
Console.WriteLine(maybe?.ToString() ?? "none");
var sb = new StringBuilder();
for (int i = 0; i < 3; i++) sb.Append(i).Append(';');
Console.WriteLine(sb.ToString());
try { int z = 0; Console.WriteLine(1 / z); } catch (DivideByZeroException e) { Console.WriteLine(e.Message); }
try { object s = "x"; int bad = (int)s; } catch (InvalidCastException e) { Console.WriteLine(e.Message); }
try { int[] a = new int[2]; a[2] = 1; } catch (IndexOutOfRangeException e) { Console.WriteLine(e.Message); }
try { string? n = null; Console.WriteLine(n!.Length); } catch (NullReferenceException e) { Console.WriteLine(e.Message); }
Console.WriteLine(Add<double>(1.5, 2.25, (x, y) => x + y));
static T Add<T>(T a, T b, Func<T, T, T> f) => f(a, b);
IEnumerable<int> Count(int n) { for (int i = 0; i < n; i++) yield return i * i; }
Console.WriteLine(Count(5).Sum());
var dict = new Dictionary<string, List<int>>();
if (!dict.TryGetValue("a", out var l)) dict["a"] = l = new();
l.Add(5);
Console.WriteLine(dict["a"].Count);
Console.WriteLine($"{Math.PI:F3} {1234567.891:N2} {255:X} {0.5:P0} {DateTime.UnixEpoch:yyyy-MM-dd}");
Shape[] shapes = { new Circle(2), new Square(3) };
foreach (var s in shapes) Console.WriteLine($"{s.Name} {s.Area():F2}");
(int x, string y) t = (1, "a");
Console.WriteLine(t);
var (aa, bb) = t;
Console.WriteLine(aa + bb);
int sum = 0; foreach (var c in "abc") sum += c; Console.WriteLine(sum);
Console.WriteLine(await Task.WhenAll(Work(1), Work(2)).ContinueWith(x => x.Result.Sum()));
async Task<int> Work(int n) { await Task.Delay(10 * n); return n * 10; }
using (var res = new Res("r")) Console.WriteLine("using");
Console.WriteLine(checked((byte)200));
unchecked { int big = int.MaxValue; big++; Console.WriteLine(big); }
Console.WriteLine(string.Format("{0} {1:D3}", "f", 7));
Func<int> counter = MakeCounter(); counter(); Console.WriteLine(counter());
static Func<int> MakeCounter() { int c = 0; return () => ++c; }
long ticks = TimeSpan.FromSeconds(1.5).Ticks; Console.WriteLine(ticks);
Console.WriteLine(nameof(Shape) + typeof(List<int>).Name);
switch (d) { case "big": Console.WriteLine("was big"); break; default: Console.WriteLine("?"); break; }
int[] nums = [1, 2, 3]; Console.WriteLine(nums[^1] + nums[1..].Length);
Console.WriteLine("""raw "string" here""");
var anon = new { A = 1, B = "x" }; Console.WriteLine(anon);
Console.WriteLine(Color.Red | Color.Blue); Console.WriteLine((int)Color.Green);
record Point(int X, int Y);
abstract class Shape { public abstract double Area(); public virtual string Name => GetType().Name; }
class Circle(double r) : Shape { public override double Area() => Math.PI * r * r; }
class Square : Shape { double _s; public Square(double s) => _s = s; public override double Area() => _s * _s; public override string Name => "sq:" + base.Name; }
class Res : IDisposable { string _n; public Res(string n) { _n = n; } public void Dispose() => Console.WriteLine("dispose " + _n); }
[Flags] enum Color { Red = 1, Green = 2, Blue = 4 }
