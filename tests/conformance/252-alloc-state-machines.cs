// Box sizes on suspension: awaiter kinds, spills, try/finally, using, foreach, nested scopes, generics, this.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

Task never = new TaskCompletionSource().Task;
Task<int> neverI = new TaskCompletionSource<int>().Task;
Task<string> neverS = new TaskCompletionSource<string>().Task;
ValueTask<int> vi() => new(neverI);
ValueTask v0() => new(never);
Show("task", () => K.A1(never));
Show("task<int>", () => K.A2(neverI));
Show("vt", () => K.A3(v0()));
Show("vt<int>", () => K.A4(vi()));
Show("vt<string>", () => K.A5(new(neverS)));
Show("vt<long>", () => K.A6(new(new TaskCompletionSource<long>().Task)), 24 + 72);
Show("configured", () => K.A7(never));
Show("configured vt", () => K.A8(vi()));
Show("yield", () => K.A9());
Show("two awaiters", () => K.B1(never, vi())); // misuse: not-awaited
Show("int and task", () => K.B2(never, neverI, neverS));
Show("spill int", () => K.C1(neverI, 3));
Show("spill two", () => K.C2(neverI));
Show("spill array", () => K.C3(neverI, new int[2]), 32);
Show("spill arr compound", () => K.C4(neverI, K.Arr));
Show("spill call args", () => K.C5(neverI, "a"));
Show("interp", () => K.C6(neverI, never));
Show("member", () => K.C7(neverI, K.H));
Show("member compound", () => K.C8(neverI, K.H));
Show("coalesce", () => K.C9(neverS, null));
Show("and", () => K.C10(neverI, true));
Show("finally", () => K.D1(never));
Show("finally return", () => K.D2(neverI));
Show("catch", () => K.D3(never));
Show("try body", () => K.D4(never));
Show("using", () => K.D5(never));
Show("await using", () => K.D6(never));
Show("using stmt", () => K.D7(never));
Show("foreach array", () => K.E1(never, K.Arr));
Show("foreach list", () => K.E2(never, K.L));
Show("foreach ienum", () => K.E3(never, K.L), 40);
Show("for", () => K.E4(never, 4));
Show("two loops", () => K.E5(never, 4));
Show("lock-free nested", () => K.E6(never));
Show("foreach dict", () => K.E7(never, K.Dict));
Show("foreach string", () => K.E8(never, "xyz"));
Show("generic int", () => K.F1(never, 4));
Show("generic string", () => K.F1(never, "a"));
Show("generic guid", () => K.F1(never, Guid.Empty));
Show("instance", () => K.H.Inst(never, 5));
Show("struct local", () => K.F2(never));
Show("nullable", () => K.F3(never, 5));
Show("tuple", () => K.F4(never));
Show("closure", () => K.F5(never, 5), 24);
Show("switch", () => K.F6(neverI, 3));
Show("pattern", () => K.F7(never, "s"));
Show("vt builder", () => K.G1(never).AsTask());
Show("vt<int> builder", () => K.G2(never).AsTask());
Show("vt<string> builder", () => K.G3(never).AsTask());
Show("vt<guid>", () => K.G4(never).AsTask());
Show("task<decimal>", () => K.G5(never));
Show("bools", () => K.G6(never, true, 1, 'c', 2));
Show("lambda", () => K.Lam(never));
static void Show(string n, Func<Task> f, int minus = 0)
{
    f();
    f();
    long b = GC.GetAllocatedBytesForCurrentThread();
    Task t = f();
    long d = GC.GetAllocatedBytesForCurrentThread() - b;
    Console.WriteLine($"{n}: {d - minus}");
}

class Res : IDisposable, IAsyncDisposable
{
    public void Dispose()
    {
    }

    public ValueTask DisposeAsync() => default;
}

class H
{
    public int F;
    public int P { get; set; }

    public async Task Inst(Task t, int n)
    {
        await t;
        F += n;
    }
}

struct S3
{
    public int A;
    public string B;
    public byte C;
}

static class K
{
    public static int T;
    public static int[] Arr =
    {
        1,
        2
    };
    public static List<int> L = new()
    {
        1,
        2
    };
    public static H H = new();
    public static Dictionary<int, string> Dict = new()
    {
        [1] = "a"
    };
    public static Res R = new();
    public static Func<Task, Task> Lam = async t =>
    {
        int x = T;
        await t;
        T += x;
    };
    static int Add(int a, string s, int b) => a + b + s.Length;
    public static async Task A1(Task t)
    {
        await t;
    }

    public static async Task A2(Task<int> t)
    {
        await t;
    }

    public static async Task A3(ValueTask t)
    {
        await t;
    }

    public static async Task A4(ValueTask<int> t)
    {
        await t;
    }

    public static async Task A5(ValueTask<string> t)
    {
        await t;
    }

    public static async Task A6(ValueTask<long> t)
    {
        await t;
    }

    public static async Task A7(Task t)
    {
        await t.ConfigureAwait(false);
    }

    public static async Task A8(ValueTask<int> t)
    {
        await t.ConfigureAwait(false);
    }

    public static async Task A9()
    {
        await Task.Yield();
    }

    public static async Task B1(Task a, ValueTask<int> b)
    {
        await a;
        await b;
    }

    public static async Task B2(Task a, Task<int> b, Task<string> c)
    {
        await a;
        T += await b;
        T += (await c).Length;
    }

    public static async Task<int> C1(Task<int> t, int x) => x + await t;
    public static async Task<int> C2(Task<int> t) => T * 2 + await t + await t;
    public static async Task C3(Task<int> t, int[] a)
    {
        a[0] = await t;
    }

    public static async Task C4(Task<int> t, int[] a)
    {
        a[T & 1] += await t;
    }

    public static async Task<int> C5(Task<int> t, string s) => Add(T, s, await t);
    public static async Task<string> C6(Task<int> t, Task u) => $"{await t} {T} {await t}";
    public static async Task C7(Task<int> t, H h)
    {
        h.P = await t;
    }

    public static async Task C8(Task<int> t, H h)
    {
        h.F += await t;
    }

    public static async Task<string> C9(Task<string> t, string? s) => s ?? await t;
    public static async Task<bool> C10(Task<int> t, bool b) => b && await t > 0;
    public static async Task D1(Task t)
    {
        try
        {
            T++;
        }
        finally
        {
            await t;
        }
    }

    public static async Task<int> D2(Task<int> t)
    {
        try
        {
            return T;
        }
        finally
        {
            await t;
        }
    }

    public static async Task D3(Task t)
    {
        try
        {
            throw P0;
        }
        catch (Exception e)when (e.Message == "p")
        {
            await t;
            T += e.Message.Length;
        }
    }

    static readonly Exception P0 = new("q");
    public static async Task D4(Task t)
    {
        try
        {
            await t;
        }
        catch (FormatException)
        {
            T++;
        }
    }

    public static async Task D5(Task t)
    {
        using var r = R;
        await t;
    }

    public static async Task D6(Task t)
    {
        await using var r = R;
        await t;
    }

    public static async Task D7(Task t)
    {
        using (R)
        {
            await t;
        }
    }

    public static async Task E1(Task t, int[] a)
    {
        foreach (int i in a)
        {
            await t;
            T += i;
        }
    }

    public static async Task E2(Task t, List<int> a)
    {
        foreach (int i in a)
        {
            await t;
            T += i;
        }
    }

    public static async Task E3(Task t, IEnumerable<int> a)
    {
        foreach (int i in a)
        {
            await t;
            T += i;
        }
    }

    public static async Task E4(Task t, int n)
    {
        for (int i = 0; i < n; i++)
            await t;
    }

    public static async Task E5(Task t, int n)
    {
        for (int i = 0; i < n; i++)
            await t;
        for (int j = 0; j < n; j++)
            await t;
        long q = T;
        await t;
        T += (int)q;
    }

    public static async Task E6(Task t)
    {
        {
            int a = T;
            await t;
            T += a;
        }

        {
            int b = T;
            string c = P.Text;
            await t;
            T += b + c.Length;
        }

        {
            string d = P.Text;
            await t;
            T += d.Length;
        }
    }

    public static async Task E7(Task t, Dictionary<int, string> a)
    {
        foreach (var(k, v)in a)
        {
            await t;
            T += k + v.Length;
        }
    }

    public static async Task E8(Task t, string a)
    {
        foreach (char c in a)
        {
            await t;
            T += c;
        }
    }

    public static async Task<X> F1<X>(Task t, X x)
    {
        await t;
        return x;
    }

    public static async Task F2(Task t)
    {
        S3 s = default;
        s.A = T;
        await t;
        T += s.A;
    }

    public static async Task F3(Task t, int? n)
    {
        int? m = n + 1;
        await t;
        T += m ?? 0;
    }

    public static async Task F4(Task t)
    {
        (int a, string b) p = (T, P.Text);
        await t;
        T += p.a + p.b.Length;
    }

    public static async Task F5(Task t, int n)
    {
        int k = n;
        int Loc() => k++;
        Func<int> f = Loc;
        T += P.Use(f);
        await t;
        T += k;
    }

    public static async Task<int> F6(Task<int> t, int n) => n switch
    {
        1 => await t,
        2 => 5,
        _ => await t + n
    };
    public static async Task F7(Task t, object o)
    {
        if (o is string s)
        {
            await t;
            T += s.Length;
        }
    }

    public static async ValueTask G1(Task t)
    {
        await t;
    }

    public static async ValueTask<int> G2(Task t)
    {
        await t;
        return 1;
    }

    public static async ValueTask<string> G3(Task t)
    {
        await t;
        return "";
    }

    public static async ValueTask<Guid> G4(Task t)
    {
        await t;
        return default;
    }

    public static async Task<decimal> G5(Task t)
    {
        await t;
        return 1;
    }

    public static async Task G6(Task t, bool b, byte c, char d, short e)
    {
        await t;
        T += b ? c + d + e : 0;
    }
}

static class P
{
    public static string Text = "abc";
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    public static int Use(Func<int> f) => f();
}
