// an await in every place an expression can stand
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
var fs = new List<Func<int>>();
for (int i = 0; i < 3; i++) { int j = i * 10; fs.Add(() => i + j); }
Console.WriteLine(string.Join(",", fs.Select(f => f())));
foreach (var x in new[] { 1, 2 }) fs.Add(() => x); Console.WriteLine(fs[3]() + fs[4]());
async Task<int> Sum(IEnumerable<int> xs) { int s = 0; foreach (var x in xs) { await Task.Yield(); s += x; } return s; }
Console.WriteLine(await Sum(Enumerable.Range(1, 5)));
async Task<string> Multi() { try { await Fail(); return "no"; } catch (Exception e) when (Check(e)) { await Task.Yield(); return "caught " + e.Message; } finally { await Task.Yield(); Console.WriteLine("fin"); } }
static bool Check(Exception e) => e is InvalidOperationException;
static async Task Fail() { await Task.Yield(); throw new InvalidOperationException("f"); }
Console.WriteLine(await Multi());
int[] arr = { 1, 2, 3 }; arr[await One()] += await One(); Console.WriteLine(string.Join(",", arr));
static async Task<int> One() { await Task.Yield(); return 1; }
Console.WriteLine(await One() + await One() * 10 + (await One() > 0 ? await One() : 0));
var dict = new Dictionary<string, int> { ["a"] = await One(), ["b"] = 2 }; Console.WriteLine(dict["a"] + dict["b"]);
Console.WriteLine($"{await One()} and {await One():D3}");
string? n = null; Console.WriteLine(n ?? (await One()).ToString());
bool b = await One() == 1 && await One() == 2 || await One() == 1; Console.WriteLine(b);
var o = new C { V = await One(), W = { X = await One() } }; Console.WriteLine(o.V + o.W.X);
o.V += await One(); Console.WriteLine(o.V); o[await One()] = await One(); Console.WriteLine(o[1]);
switch (await One()) { case 1: Console.WriteLine("one " + await One()); break; default: break; }
while (await One() + o.V < 5) o.V++; Console.WriteLine(o.V);
do { o.V--; } while (await One() < o.V); Console.WriteLine(o.V);
for (int i = await One(); i < 3; i += await One()) Console.Write(i); Console.WriteLine();
await using (var d = new D()) { await Task.Yield(); Console.WriteLine("body"); }
using var dd = new D(); lock (o) { o.V = 9; } 
Func<int, Task<Func<Task<int>>>> nest = async k => { await Task.Yield(); return async () => { await Task.Yield(); return k * 2 + arr[1]; }; };
Console.WriteLine(await (await nest(4))());
var t = (await One(), "x", await One()); Console.WriteLine(t);
var (p, q) = (await One(), await One() + 1); Console.WriteLine(p + q);
object box = await One(); Console.WriteLine(box is int z ? z : -1);
await foreach (var v in Stream(3)) { if (v == 1) continue; Console.Write(v + " "); } Console.WriteLine();
static async IAsyncEnumerable<int> Stream(int n) { for (int i = 0; i < n; i++) { await Task.Yield(); try { yield return i; } finally { Console.Write("f" + i + " "); } } }
Console.WriteLine(await Gen<string>("g") + await Gen(5)); static async ValueTask<T> Gen<T>(T v) { await Task.Yield(); return v; }
try { throw await Ex(); } catch (FormatException e) { Console.WriteLine(e.Message); } static async Task<Exception> Ex() { await Task.Yield(); return new FormatException("fx"); }
int? m = await One(); Console.WriteLine(m + 1); Console.WriteLine(new int[] { await One(), 2 }.Length + new[] { 1, await One() }.Sum());
S st = new S { A = 1 }; st.A = await One() + st.A; st.Inc(await One()); Console.WriteLine(st.A);
class C { public int V; public Wc W = new(); int[] a = new int[5]; public int this[int i] { get => a[i]; set => a[i] = value * 3; } } class Wc { public int X; }
class D : IAsyncDisposable, IDisposable { public async ValueTask DisposeAsync() { await Task.Yield(); Console.WriteLine("da"); } public void Dispose() => Console.WriteLine("d"); }
struct S { public int A; public void Inc(int k) => A += k; }
