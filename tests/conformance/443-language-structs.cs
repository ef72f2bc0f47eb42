// Structs: copies, boxes, ref, in, readonly.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
// struct semantic & readonly & in & ref returns & boxing
var p = new P { X = 1 };
Mut(p);
Console.WriteLine(p.X);
MutRef(ref p);
Console.WriteLine(p.X);
object b = p;
((P)b).Inc();
Console.WriteLine(((P)b).X);
IInc ib = p;
ib.Inc();
Console.WriteLine(((P)ib).X + " " + p.X);
var arr = new P[2];
arr[0].Inc();
Console.WriteLine(arr[0].X);
var l = new List<P> { p };
var c = l[0];
c.Inc();
Console.WriteLine(l[0].X);
ref var r = ref Get(arr, 1);
r.Inc();
Console.WriteLine(arr[1].X);
readonly_(in p);
var ro = new Ro(5);
Console.WriteLine(ro.Twice + ro.With(3).V);
Console.WriteLine(p.Equals(new P { X = p.X }) + " " + p.GetHashCode().Equals(p.GetHashCode()));
P? n = p;
Console.WriteLine(n.Value.X + n.GetValueOrDefault().X);
var (x, y) = new Pt(3, 4);
Console.WriteLine(x + y);
Console.WriteLine(default(P).X + new P().X);
void Mut(P q) => q.X = 99;
void MutRef(ref P q) => q.X = 99;
static ref P Get(P[] a, int i) => ref a[i];
static void readonly_(in P q) { q.Inc(); Console.WriteLine(q.X); }
interface IInc { void Inc(); }
struct P : IInc { public int X; public void Inc() => X++; }
readonly struct Ro(int v) { public int V { get; } = v; public int Twice => V * 2; public Ro With(int n) => new(n); }
readonly record struct Pt(int X, int Y);
