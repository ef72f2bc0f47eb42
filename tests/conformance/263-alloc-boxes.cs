// Boxes of async methods with cancellation tokens, generics, lambdas and local functions that suspend.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

Task never = new TaskCompletionSource().Task;
int cap = 5;
string s = "x";
Func<Task> l1 = async () => await never;
Func<Task> l2 = async () =>
{
    await never;
    cap++;
};
async Task Loc()
{
    await never;
    cap++;
}

static async Task SLoc(Task t) => await t;
async Task Loc2(string q)
{
    await never;
    cap += q.Length + s.Length;
}

Show("lambda", l1);
Show("capturing lambda", l2);
Show("local", Loc);
Show("static local", () => SLoc(never));
Show("local param", () => Loc2("q"));
Show("ct", () => K.Ct(never, CancellationToken.None));
Show("two ct", () => K.Ct2(never, default, default));
Show("generic class", () => new G<int>().Run(never, 1));
Show("generic class guid", () => new G<Guid>().Run(never, default));
Show("configured options", () => K.Opt(never));
Show("delegate local", () => K.Del(never, K.F));
Show("bool byte short", () => K.Small(never, true, 1, 2));
Show("long int", () => K.LI(never, 1, 2));
Show("datetime", () => K.Dt(never, default));
Show("nullable dt", () => K.Ndt(never, null));
Show("three tuples", () => K.Tup(never));
Show("array loop", () => K.Loop(never, 3));
Show("nested try", () => K.Nest(never));
Show("using var", () => K.Us(never));
Show("lock-free switch", () => K.Sw(never, 2));
Show("stream", () => K.Str(never));
Show("valuetask<long>", () => K.Vl(never).AsTask());
Show("valuetask<decimal>", () => K.Vd(never).AsTask());
Show("task<(int,int)>", () => K.Ti(never));
Show("task<Guid?>", () => K.Tg(never));
Show("this struct", () => default(St).Run(never));
Show("out of order", () => K.Oo(never, 1));
Show("unused param", () => K.Un(never, 5, "x"));
Show("ref types", () => K.R4(never, "a", "b", "c", new object ()));
static void Show(string n, Func<Task> f)
{
    f();
    f();
    long b = GC.GetAllocatedBytesForCurrentThread();
    Task t = f();
    long d = GC.GetAllocatedBytesForCurrentThread() - b;
    Console.WriteLine($"{n}: {d} {t.Status}");
}

class G<T>
{
    T? f;
    public async Task Run(Task t, T v)
    {
        await t;
        f = v;
    }
}

struct St
{
    int a;
    long b;
    public async Task Run(Task t)
    {
        await t;
        a++;
        b++;
    }
}

class D : IDisposable
{
    public static D I = new();
    public void Dispose()
    {
    }
}

static class K
{
    static int T;
    public static Func<int> F = () => 1;
    public static async Task Ct(Task t, CancellationToken c)
    {
        await t;
        c.ThrowIfCancellationRequested();
    }

    public static async Task Ct2(Task t, CancellationToken c, CancellationToken d)
    {
        await t;
        c.ThrowIfCancellationRequested();
        d.ThrowIfCancellationRequested();
    }

    public static async Task Opt(Task t)
    {
        await t.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public static async Task Del(Task t, Func<int> f)
    {
        await t;
        T += f();
    }

    public static async Task Small(Task t, bool a, byte b, short c)
    {
        await t;
        T += a ? b : c;
    }

    public static async Task LI(Task t, long a, int b)
    {
        await t;
        T += (int)a + b;
    }

    public static async Task Dt(Task t, DateTime d)
    {
        await t;
        T += d.Year;
    }

    public static async Task Ndt(Task t, DateTime? d)
    {
        await t;
        T += d?.Year ?? 0;
    }

    public static async Task Tup(Task t)
    {
        var a = (T, T);
        var b = (T, "x");
        var c = (1L, (byte)2);
        await t;
        T += a.Item1 + b.Item2.Length + c.Item2;
    }

    public static async Task Loop(Task t, int n)
    {
        var a = new int[2];
        for (int i = 0; i < n; i++)
        {
            await t;
            a[0] += i;
        }
    }

    public static async Task Nest(Task t)
    {
        try
        {
            try
            {
                await t;
            }
            finally
            {
                T++;
            }
        }
        catch (Exception)
        {
            await t;
        }
    }

    public static async Task Us(Task t)
    {
        using var d = D.I;
        using var e = D.I;
        await t;
    }

    public static async Task Sw(Task t, int k)
    {
        switch (k)
        {
            case 1:
                int a = T;
                await t;
                T += a;
                break;
            case 2:
                int b = T + 1;
                await t;
                T += b;
                break;
        }
    }

    static async IAsyncEnumerable<int> Gen(Task t)
    {
        await t;
        yield return 1;
    }

    public static async Task Str(Task t)
    {
        await foreach (int i in Gen(t))
            T += i;
    }

    public static async ValueTask<long> Vl(Task t)
    {
        await t;
        return 1;
    }

    public static async ValueTask<decimal> Vd(Task t)
    {
        await t;
        return 1;
    }

    public static async Task<(int, int)> Ti(Task t)
    {
        await t;
        return (1, 2);
    }

    public static async Task<Guid?> Tg(Task t)
    {
        await t;
        return null;
    }

    public static async Task Oo(Task t, int x)
    {
        int y = x + 1;
        await t;
        int z = y + x;
        T += z;
    }

    public static async Task Un(Task t, int unused, string alsoUnused)
    {
        await t;
    }

    public static async Task R4(Task t, string a, string b, string c, object d)
    {
        await t;
        T += a.Length + b.Length + c.Length + d.GetHashCode() * 0;
    }
}
