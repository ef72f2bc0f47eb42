// Boxes of suspended methods: which locals and operands outlive the await, shape by shape.
using System; using System.Threading.Tasks; using System.Collections.Generic; using System.Linq;
static void M(string n, Func<Task, object> f) { for (int i = 0; i < 3; i++) { var g = new TaskCompletionSource(); long b = GC.GetAllocatedBytesForCurrentThread(); K.O = f(g.Task); long c = GC.GetAllocatedBytesForCurrentThread() - b; if (i == 2) Console.WriteLine($"{n} {c}"); } }
M("nullable const + await", g => F.A1(g)); M("nullable const ret long", g => F.A2(g)); M("foreach struct array", g => F.B1(g)); M("foreach array continue", g => F.B2(g)); M("foreach array await elem", g => F.B3(g)); M("whenany", g => F.B4(g));
M("concat pattern", g => F.C1(g)); M("switch expr await", g => F.C2(g)); M("tuple item", g => F.C3(g)); M("lambda async", g => F.C4(g)); M("list pattern", g => F.C5(g));
M("cmp nullable", g => F.D1(g)); M("dead after", g => F.D2(g)); M("for unused", g => F.D3(g)); M("cond", g => F.D4(g, true)); M("coalesce", g => F.D5(g, null)); M("using", g => F.D6(g)); M("try", g => F.D7(g)); M("catch", g => F.D8(g)); M("finally", g => F.D9(g));
M("struct field", g => F.E1(g, new P(1, 2))); M("struct assign", g => F.E2(g)); M("arr elem", g => F.E3(g, new int[2])); M("arr comp", g => F.E4(g, new int[2])); M("with", g => F.E5(g)); M("new obj init", g => F.E6(g)); M("coll init", g => F.E7(g)); M("interp", g => F.E8(g, 5)); M("args", g => F.E9(g, 1)); M("const arg", g => F.E10(g)); M("static field", g => F.E11(g)); M("is pat", g => F.E12(g, "x")); M("and", g => F.E13(g, true)); M("local struct", g => F.E14(g)); M("default", g => F.E15(g)); M("nested call", g => F.E16(g)); M("deconstruct", g => F.E17(g)); M("out var", g => F.E18(g)); M("lock after", g => F.E19(g)); M("switch stmt", g => F.E20(g, 3)); M("switch str", g => F.E21(g, "abc")); M("nullable local", g => F.E22(g, 3)); M("range", g => F.E23(g, "abc")); M("readonly struct", g => F.E24(g, new P(1, 2))); M("compound str", g => F.E25(g, "a")); M("dict", g => F.E26(g, new())); M("foreach list", g => F.E27(g, new List<int> { 1 })); M("foreach str", g => F.E28(g, "ab")); M("foreach dict", g => F.E29(g, new Dictionary<int, int> { { 1, 1 } })); M("nested for", g => F.E30(g)); M("while", g => F.E31(g)); M("closure", g => F.E32(g, 3)); M("closure loop", g => F.E33(g)); M("local fn", g => F.E34(g, 3)); M("throw expr", g => F.E35(g, 3)); M("ternary struct", g => F.E36(g, true)); M("decimal", g => F.E37(g, 1m)); M("guid", g => F.E38(g, Guid.Empty)); M("bool and int", g => F.E39(g, true, 1)); M("bytes", g => F.E40(g, 1, 2, 'c', true));
class K { public static object? O; public static char Ch; public static int N; public static string S = ""; public static int Add(int a, string b, int c) => a; public static int H(out int x) { x = 1; return 2; } } record struct P(int X, long Y); record R(int A, string B); class Bag { public int A; public string B = ""; public Bag? C; }
static class F {
 static async Task<int> I(Task g) { await g; return 3; } static async Task<P> PP(Task g) { await g; return default; } static async Task<string> S(Task g) { await g; return ""; } static async Task<bool> B(Task g) { await g; return true; } static async Task<(int, string)> T2(Task g) { await g; return (1, ""); }
 public static async Task<int?> A1(Task g) => (int?)846 + await I(g);
 public static async Task<long?> A2(Task g) => (long?)((int?)846 + await I(g));
 public static async Task B1(Task g) { foreach (P p in new[] { new P(1, 2), new P(3, 4) }) { await g; K.N = p.X; } }
 public static async Task B2(Task g) { foreach (P p in new[] { new P(1, 2), new P(3, 4) }) { if (K.N >= 0) continue; await g; } await g; }
 public static async Task B3(Task g) { foreach (P p in new[] { new P(1, 2), await PP(g) }) { K.N = p.X; } }
 public static async Task B4(Task g) { var r = await Task.WhenAny(g, g); K.O = r; }
 public static async Task C1(Task g) { K.S = string.Concat(await S(g), ("", 2L).Item1, "x"); }
 public static async Task C2(Task g) { K.N = K.N switch { < 3 => await I(g), 4 or 5 => 1, _ => await I(g) }; }
 public static async Task C3(Task g) { K.N = (1, 2L).Item1 + await I(g); }
 public static async Task C4(Task g) { Func<int, Task<int>> f = async n => { await g; return n; }; K.N = await f(3); }
 public static async Task C5(Task g) { K.N = new int[6] is [var a, .., var b] ? a - b : await I(g); }
 public static async Task D1(Task g) { K.O = (K.N > 3 ? new R(1, "") : null)?.A > (await I(g)) ? "a" : "b"; }
 public static async Task D2(Task g) { int x = K.N; K.N = x; await g; x = 4; K.N = x; }
 public static async Task D3(Task g) { for (int i = 0; i < 2; i++) await g; }
 public static async Task D4(Task g, bool b) { K.N = b ? await I(g) : 4; }
 public static async Task D5(Task g, string? s) { K.S = s ?? await S(g); }
 public static async Task D6(Task g) { using var e = new List<int>().GetEnumerator(); await g; }
 public static async Task D7(Task g) { try { await g; } catch (InvalidOperationException) { K.N = 1; } }
 public static async Task D8(Task g) { try { K.N = 3; throw new Exception(); } catch (Exception e) { await g; K.O = e; } }
 public static async Task<int> D9(Task g) { try { await g; return 3; } finally { await g; } }
 public static async Task E1(Task g, P p) { p.X = await I(g); K.N = p.X; }
 public static async Task E2(Task g) { P p = new P(1, 2); p.X += await I(g); K.N = p.X; }
 public static async Task E3(Task g, int[] a) { a[0] = await I(g); }
 public static async Task E4(Task g, int[] a) { a[K.N & 1] += await I(g); }
 public static async Task E5(Task g) { K.O = new R(1, await S(g)) with { A = await I(g) }; }
 public static async Task E6(Task g) { K.O = new Bag { A = 1, B = await S(g), C = new Bag { A = await I(g) } }; }
 public static async Task E7(Task g) { K.O = new List<int> { 1, await I(g), 2 }; }
 public static async Task E8(Task g, int n) { K.S = $"{n} {await S(g)} {n:D2}"; }
 public static async Task E9(Task g, int n) { K.N = K.Add(n, K.S, await I(g)); }
 public static async Task E10(Task g) { K.N = K.Add(5, "x", await I(g)); }
 public static async Task E11(Task g) { K.N = K.N + await I(g); }
 public static async Task E12(Task g, object o) { if (o is string s && await B(g)) K.S = s; }
 public static async Task E13(Task g, bool b) { if (b && await B(g) || await B(g)) K.N = 1; }
 public static async Task E14(Task g) { P p = new P(3, 4); await g; K.N = p.X; }
 public static async Task E15(Task g) { P p = default; await g; K.N = p.X; }
 public static async Task E16(Task g) { K.N = K.Add(await I(g), await S(g), await I(g)); }
 public static async Task E17(Task g) { var (a, b) = await T2(g); await g; K.N = a; K.S = b; }
 public static async Task E18(Task g) { K.H(out int x); await g; K.N = x; }
 public static async Task E19(Task g) { await g; lock (K.S) { K.N++; } }
 public static async Task E20(Task g, int n) { switch (n) { case 1: await g; break; case > 2 and < 9: await g; K.N = n; break; } }
 public static async Task E21(Task g, string s) { switch (s) { case "abc": await g; break; case { Length: > 3 }: K.N = 3; break; } }
 public static async Task E22(Task g, int? n) { int? m = n; await g; m ??= 4; K.N = m.Value; }
 public static async Task E23(Task g, string s) { K.S = s[..1] + await S(g) + s[^1]; }
 public static async Task E24(Task g, P p) { K.N = p.X + await I(g) + (int)p.Y; }
 public static async Task E25(Task g, string s) { s += await S(g); K.S = s; }
 public static async Task E26(Task g, Dictionary<string, int> d) { d["a"] = await I(g); d["a"] += await I(g); }
 public static async Task E27(Task g, List<int> l) { foreach (var x in l) { await g; K.N = x; } }
 public static async Task E28(Task g, string l) { foreach (var x in l) { await g; K.N = x; } }
 public static async Task E29(Task g, Dictionary<int, int> l) { foreach (var (k, v) in l) { await g; K.N = k + v; } }
 public static async Task E30(Task g) { for (int i = 0; i < 1; i++) for (int j = 0; j < 2; j++) { await g; K.N = i + j; } for (int k = 0; k < 1; k++) await g; }
 public static async Task E31(Task g) { int w = 3; while (w-- > 0) { string s = K.S; await g; K.S = s; } do { string t = K.S; await g; K.S = t; } while (w > 0); }
 public static async Task E32(Task g, int n) { Action a = () => n++; a(); await g; a(); }
 public static async Task E33(Task g) { for (int i = 0; i < 1; i++) { int c = i; Action a = () => K.N = c; await g; a(); } }
 public static async Task E34(Task g, int n) { int L(int x) => x + n; await g; K.N = L(3); }
 public static async Task E35(Task g, int n) { K.N = n > 2 ? await I(g) : throw new Exception(); }
 public static async Task E36(Task g, bool b) { P p = b ? new P(1, 2) : await PP(g); await g; K.N = p.X; }
 public static async Task E37(Task g, decimal m) { m = m + await I(g); K.N = (int)m; }
 public static async Task E38(Task g, Guid m) { await g; K.O = m == Guid.Empty ? "" : "x"; }
 public static async Task E39(Task g, bool b, int n) { await g; K.N = b ? n : 0; }
 public static async Task E40(Task g, byte b, short s, char c, bool d) { await g; K.N = b + s + c + (d ? 1 : 0); }
}
