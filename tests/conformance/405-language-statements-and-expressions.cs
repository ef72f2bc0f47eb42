// goto, ranges and indices as values, tuples, defaults, ref/out/in/params, flags.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
int i = 0;
again: i++;
if (i < 3) goto again;
Console.WriteLine(i);
switch (i)
{
    case 3: Console.WriteLine("three");
    goto case 4;
    case 4: Console.WriteLine("four");
    goto default;
    default: Console.WriteLine("def");
    break;
}
outer: for (int a = 0; a < 3; a++) { for (int b = 0; b < 3; b++) { if (b == 2) goto done; Console.Write(a + "" + b + " "); } }
done: Console.WriteLine();
do { i--; if (i == 1) continue; } while (i > 0);
Console.WriteLine(i);
int x = 5;
x += x++ + ++x;
Console.WriteLine(x);
int y = x > 3 ? x < 100 ? 1 : 2 : 3;
Console.WriteLine(y);
var (q, w) = (1, 2);
(q, w) = (w, q);
Console.WriteLine(q + "" + w);
(int a1, string b1) t = (1, "z");
Console.WriteLine(t.a1 + t.b1 + t.Item1 + t + t.Equals((1, "z")) + (t == (1, "z")));
int? nn = null;
Console.WriteLine(nn + 1 == null);
Console.WriteLine((nn ?? 3) + (nn?.ToString() ?? "null"));
object o = 5;
if (o is int k && k > 3) Console.WriteLine(k);
if (o is not string) Console.WriteLine("ns");
using var res = new Res("1");
using (new Res("2")) { } { using var r3 = new Res("3"); } const int C = 5;
Console.WriteLine(C * 2);
string? ns = null;
ns ??= "def";
Console.WriteLine(ns);
int[] idx = { 1, 2, 3, 4 };
Console.WriteLine(idx[^1] + idx[1..3].Length + idx[..^2].Sum());
Range rg = 1..^1;
Console.WriteLine(rg + " " + idx[rg].Length);
Index ix = ^2;
Console.WriteLine(idx[ix] + " " + ix);
unchecked { int z = int.MaxValue; z++; Console.WriteLine(z); }
static int Local(int n) => n <= 1 ? 1 : n * Local(n - 1);
Console.WriteLine(Local(10));
Console.WriteLine(Opt(b: 3) + Opt(1) + Opt(1, 2));
static int Opt(int a = 10, int b = 20) => a * b;
Out(out var ov, out _);
Console.WriteLine(ov);
static void Out(out int a, out int b) { a = 1; b = 2; }
int rv = 1;
Ref(ref rv);
Console.WriteLine(rv);
static void Ref(ref int a) => a *= 10;
Console.WriteLine(In(in rv) + Sum() + Sum(1, 2, 3));
static int In(in int a) => a + 1;
static int Sum(params int[] p) => p.Sum();
Console.WriteLine(typeof(int) + " " + typeof(string).FullName + sizeof(int) + default(int) + (default(string) == null));
Flags f = Flags.A | Flags.C;
Console.WriteLine(f + " " + f.HasFlag(Flags.A) + (int)f + " " + (f & ~Flags.A) + Enum.GetValues<Flags>().Length + Enum.GetName(Flags.B) + Enum.IsDefined(Flags.A) + Enum.TryParse<Flags>("b", true, out var pf) + pf);
var anon = new { A = 1, B = "x" };
Console.WriteLine(anon + anon.B + anon.Equals(new { A = 1, B = "x" }));
class Res(string n) : IDisposable { public void Dispose() => Console.WriteLine("dispose " + n); }
[Flags] enum Flags { None = 0, A = 1, B = 2, C = 4 }
