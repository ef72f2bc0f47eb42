// What an array literal of constants costs: unoptimized code makes an object for the handle of its data.
using System; using System.Threading.Tasks; using System.Runtime.CompilerServices; using System.Collections.Generic;
static void M(string n, Action a) { for (int i = 0; i < 4; i++) { long b = GC.GetAllocatedBytesForCurrentThread(); a(); long c = GC.GetAllocatedBytesForCurrentThread() - b; if (i == 3) Console.WriteLine($"{n} {c}"); } }
int v = 5;
M("1 2", () => K.O = new[] { 1, 2 });
M("1 2 3", () => K.O = new[] { 1, 2, 3 });
M("1 0 3", () => K.O = new[] { 1, 0, 3 });
M("1 2 3 v", () => K.O = new[] { 1, 2, 3, v });
M("1 2 3 v v", () => K.O = new[] { 1, 2, 3, v, v });
M("1 2 v v", () => K.O = new[] { 1, 2, v, v });
M("12x3 v", () => K.O = new[] { 1, 2, 3, v, v, v, v, v, v, v, v, v, v });
M("bool", () => K.O = new[] { true, true, true, true });
M("char", () => K.O = new[] { 'a', 'b', 'c' });
M("byte", () => K.O = new byte[] { 1, 2, 3 });
M("long", () => K.O = new long[] { 1, 2, 3 });
M("double", () => K.O = new[] { 1.5, 2, 3 });
M("float", () => K.O = new[] { 1.5f, 2, 3 });
M("decimal", () => K.O = new[] { 1.5m, 2, 3 });
M("enum", () => K.O = new[] { DayOfWeek.Monday, DayOfWeek.Friday, DayOfWeek.Tuesday });
M("string", () => K.O = new[] { "a", "b", "c" });
M("coll", () => { int[] x = [1, 2, 3]; K.O = x; });
M("colllist", () => { List<int> x = [1, 2, 3]; K.O = x; });
M("list", () => { List<int> x = new() { 1, 2, 3 }; K.O = x; });
M("foreach", () => { foreach (int n in new[] { 1, 2, 3 }) v = n; });
M("params", () => K.P(1, 2, 3));
M("nested", () => K.O = new[] { new[] { 1, 2, 3 }, new[] { 4, 5, 6 } });
M("local", () => { int[] z = { 7, 8, 9 }; K.O = z; });
M("neg", () => K.O = new[] { -1, -2, -3 });
M("nint", () => K.O = new nint[] { 1, 2, 3 });
M("const", () => { const int c = 4; K.O = new[] { c, c + 1, c * 2 }; });
M("static", () => K.O = K.F());
M("0s", () => K.O = new[] { 0, 0, 0, 0 });
M("typeof", () => K.O = typeof(K));
M("ldtoken gen", () => K.O = K.T<string>());
class K { public static object? O; public static void P(params int[] a) => O = a; static readonly int[] f = { 1, 2, 3 }; public static object F() => f; public static object T<U>() => typeof(U); }
