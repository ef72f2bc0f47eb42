// await in loops, handlers, gotos, conditions, operands, element assignments and tuples.
using System;
using System.Threading.Tasks;

Console.WriteLine(await Flow.Loop(5));
Console.WriteLine(await Flow.Nested());
Console.WriteLine(await Flow.Goto(3));
Console.WriteLine(await Flow.Conditional(true) + await Flow.Conditional(false));
Console.WriteLine(string.Join(" ", await Flow.Order()));
Console.WriteLine(await Flow.Recursive(6));
Console.WriteLine(await Flow.Struct());
Console.WriteLine(await Flow.Ref(new[] { 1, 2, 3 }));
Console.WriteLine(await Flow.Strings("a"));
Console.WriteLine(await Flow.Tuples());

static class Flow
{
    static async Task<T> Give<T>(T value) { await Task.Yield(); return value; }
    public static async Task<int> Loop(int n) { int s = 0; for (int i = 0; i < n; i++) { if (i == 1) continue; if (await Give(i) == 4) break; s += await Give(i) * 10; } return s; }
    public static async Task<string> Nested()
    {
        string log = "";
        try
        {
            try { log += await Give("1"); throw new FormatException("in"); }
            finally { log += await Give("2"); }
        }
        catch (FormatException e) when (e.Message == "in") { log += await Give("3"); }
        finally { log += await Give("4"); }
        return log;
    }
    public static async Task<int> Goto(int n) { int s = 0; again: s += await Give(n); if (--n > 0) goto again; return s; }
    public static async Task<string> Conditional(bool b) => (b ? await Give("yes") : await Give("no")) + (b && await Give(false) || !b && await Give(true) ? "!" : "?");
    public static async Task<int[]> Order() => new[] { await Give(1), 2, await Give(3) + await Give(4), (await Give(new[] { 5 }))[await Give(0)] };
    public static async ValueTask<long> Recursive(int n) => n < 2 ? n : await Recursive(n - 1) + await Recursive(n - 2);
    public static async Task<string> Struct() { var p = (X: 1, Y: 2L); p.X += await Give(5); p.Y *= await Give(3L); var q = p; q.X = await Give(0); return $"{p} {q}"; }
    public static async Task<string> Ref(int[] a) { a[await Give(1)] += await Give(10); a[0]++; return string.Join(",", a); }
    public static async Task<string> Strings(string s) { s += await Give("b") + s + await Give('c'); s = $"{s,6}|{await Give(1.5):F2}|{await Give<int?>(null)}|"; return s; }
    public static async Task<string> Tuples() { var (a, (b, c)) = (await Give(1), await Give((2, "3"))); (a, b) = (b, a); return $"{a}{b}{c}{(await Give((7, 8))).Item2}"; }
}
