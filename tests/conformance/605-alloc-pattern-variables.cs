// Pattern variables and nullable operands known to have a value are not kept over an await that comes earlier.
using System; using System.Threading.Tasks; using System.Collections.Generic;
static void M(string n, Func<Task, object> f) { for (int i = 0; i < 3; i++) { var g = new TaskCompletionSource(); long b = GC.GetAllocatedBytesForCurrentThread(); K.O = f(g.Task); long c = GC.GetAllocatedBytesForCurrentThread() - b; if (i == 2) Console.WriteLine($"{n} {c}"); } }
M("pat var and", g => F.A1(g, new Item(1, "b"))); M("pat var or", g => F.A2(g, new Item(1, "b"))); M("pat not", g => F.A3(g, 5)); M("list pat", g => F.A4(g, new[] { 1, 2 })); M("known nullable", g => F.A5(g)); M("coalesce known", g => F.A6(g)); M("while pat", g => F.A7(g, 5)); M("pat across", g => F.A8(g, new Item(1, "x")));
class K { public static object? O; public static int N; public static string S = ""; } record Item(int Id, string Name);
static class F {
 static async Task<int> I(Task g) { await g; return 3; }
 public static async Task A1(Task g, Item i) { await g; K.N = i is { Id: > 2, Name: var name } ? name.Length : 4; }
 public static async Task A2(Task g, Item i) { await g; if (!(i is { Name: var name }) || name.Length > 3) K.N = 4; else K.S = name; }
 public static async Task A3(Task g, object i) { await g; if (i is not int n) return; K.N = n; }
 public static async Task A4(Task g, int[] a) { await g; K.N = a is [var x, .., var y] && x > 0 ? x + y : 3; }
 public static async Task A5(Task g) { K.O = (int?)2 * (await I(g)) > (int?)3 ? "a" : ""; }
 public static async Task A6(Task g) { K.N = (((int?)5) ?? K.N) + await I(g); }
 public static async Task A7(Task g, object o) { while (o is int n && n > 0) { await g; o = n - 1; } }
 public static async Task A8(Task g, Item i) { if (i is { Id: var id, Name: var name } && id > 0) { await g; K.S = name; K.N = id; } }
}
