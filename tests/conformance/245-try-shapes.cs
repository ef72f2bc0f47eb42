// try/catch/finally with awaits in every place, nested, with filters, rethrows, returns, loops and using.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var log = new List<string>();
Console.WriteLine(await F(0) + await F(1) + await F(2) + await F(3));
Console.WriteLine(string.Join(" ", log));
async Task<string> F(int n)
{
    try
    {
        log.Add("t" + n);
        await Task.Yield();
        if (n == 1)
            throw new FormatException("f");
        if (n == 2)
            throw new TimeoutException("t");
        if (n == 3)
            throw new ArgumentException("a");
        return "r0 ";
    }
    catch (FormatException e)when (e.Message.Length == 1)
    {
        await Task.Yield();
        log.Add("cf");
        return "cf ";
    }
    catch (TimeoutException)
    {
        log.Add("ct");
        try
        {
            await Task.Yield();
            throw;
        }
        catch (Exception e)
        {
            await Task.Yield();
            return e.GetType().Name + " ";
        }
        finally
        {
            await Task.Yield();
            log.Add("inner");
        }
    }
    catch (Exception e)
    {
        await Task.Yield();
        log.Add("ce");
        return e.Message + " ";
    }
    finally
    {
        await Task.Yield();
        log.Add("fin" + n);
    }
}

async Task<int> Loop()
{
    int s = 0;
    for (int i = 0; i < 5; i++)
    {
        try
        {
            if (i == 1)
                continue;
            if (i == 3)
                break;
            await Task.Yield();
            s += i;
        }
        finally
        {
            await Task.Yield();
            s += 100;
        }
    }

    return s;
}

Console.WriteLine(await Loop());
async Task Nest()
{
    try
    {
        try
        {
            throw new Exception("1");
        }
        finally
        {
            await Task.Yield();
            throw new Exception("2");
        }
    }
    catch (Exception e)
    {
        await Task.Yield();
        throw new InvalidOperationException("3", e);
    }
}

try
{
    await Nest();
}
catch (Exception e)
{
    Console.WriteLine(e.Message + e.InnerException!.Message);
}

async Task<int> RetFin()
{
    int x = 1;
    try
    {
        return x;
    }
    finally
    {
        x = 5;
        await Task.Yield();
    }
}

Console.WriteLine(await RetFin());
async Task Sw(int k)
{
    switch (k)
    {
        case 1:
            try
            {
                await Task.Yield();
                goto case 2;
            }
            finally
            {
                Console.Write("f1 ");
            }

        case 2:
            Console.Write("two ");
            break;
        default:
            await Task.Yield();
            Console.Write("def ");
            break;
    }
}

await Sw(1);
await Sw(2);
await Sw(3);
Console.WriteLine();
var l = new List<int>();
try
{
    foreach (int i in Src())
    {
        await Task.Yield();
        l.Add(i);
    }
}
catch (Exception e)
{
    Console.WriteLine(e.Message + l.Count);
}

IEnumerable<int> Src()
{
    try
    {
        yield return 1;
        yield return 2;
        throw new Exception("src");
    }
    finally
    {
        Console.Write("src-fin ");
    }
}

async Task Rethrow()
{
    try
    {
        await Task.FromException(new MyEx(4));
    }
    catch (MyEx e)when (e.Code > 3)
    {
        e.Code++;
        throw;
    }
}

try
{
    await Rethrow();
}
catch (MyEx e)
{
    Console.WriteLine(e.Code);
}

lock (log)
{
    log.Clear();
}

using (new D())
{
    await Task.Yield();
    Console.WriteLine("in");
}

class MyEx(int c) : Exception
{
    public int Code = c;
}

class D : IDisposable
{
    public void Dispose() => Console.WriteLine("out");
}
