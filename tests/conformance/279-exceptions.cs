// Exceptions: ordering of filters and finally, nesting, rethrow, HResult, Data, custom types, using disposal, return in finally paths.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

static int F(int n)
{
    try
    {
        Console.Write("t");
        if (n == 1)
            throw new FormatException("one");
        if (n == 2)
            return 20;
        if (n == 3)
            throw new Exception("three");
        return 0;
    }
    catch (FormatException)when (n > 0)
    {
        Console.Write("c");
        return 10;
    }
    finally
    {
        Console.Write("f ");
    }
}

Console.WriteLine(F(0) + " " + F(1) + " " + F(2));
try
{
    F(3);
}
catch (Exception e)
{
    Console.WriteLine(e.Message);
}

static bool Log(string s, bool r = false)
{
    Console.Write(s + " ");
    return r;
}

try
{
    try
    {
        throw new Exception("x");
    }
    finally
    {
        Console.Write("inner-finally ");
    }
}
catch (Exception)when (Log("filter1"))
{
}
catch (Exception e)when (Log("filter2", true))
{
    Console.WriteLine("caught " + e.Message);
}

try
{
    try
    {
        throw new Exception("a");
    }
    catch (Exception e)
    {
        throw new InvalidOperationException("b", e);
    }
    finally
    {
        Console.Write("fin ");
    }
}
catch (Exception e)
{
    Console.WriteLine(e.Message + "<-" + e.InnerException!.Message + " " + e.GetBaseException().Message);
}

try
{
    try
    {
        throw new MyEx(5);
    }
    catch
    {
        Console.Write("re ");
        throw;
    }
}
catch (MyEx e)when (e.Code == 5)
{
    Console.WriteLine(e.Message + e.Code + e.Data.Count + (e.StackTrace != null));
}

for (int i = 0; i < 3; i++)
{
    try
    {
        if (i == 1)
            continue;
        if (i == 2)
            break;
        Console.Write("b" + i);
    }
    finally
    {
        Console.Write("f" + i + " ");
    }
}

Console.WriteLine();
using (var a = new D("a"))
using (var b = new D("b"))
{
    Console.Write("body ");
}

try
{
    using var x = new D("x");
    throw new Exception("in using");
}
catch (Exception e)
{
    Console.WriteLine(e.Message);
}

try
{
    using var bad = new D("bad", true);
    throw new Exception("lost");
}
catch (Exception e)
{
    Console.WriteLine(e.Message);
}

try
{
    try
    {
        throw new Exception("1");
    }
    finally
    {
        throw new Exception("2");
    }
}
catch (Exception e)
{
    Console.WriteLine(e.Message);
}

try
{
    try
    {
        throw new FormatException();
    }
    catch (Exception e)when (((string)null!).Length > 0)
    {
        Console.WriteLine("no");
    }
}
catch (FormatException e)
{
    Console.WriteLine("filter threw, " + e.Message);
}

foreach (Exception e in new Exception[]
{
    new(),
    new SystemException(),
    new ArgumentException(),
    new ArgumentNullException("p"),
    new ArgumentOutOfRangeException(),
    new InvalidOperationException(),
    new NotSupportedException(),
    new NotImplementedException(),
    new NullReferenceException(),
    new IndexOutOfRangeException(),
    new InvalidCastException(),
    new FormatException(),
    new OverflowException(),
    new DivideByZeroException(),
    new ArithmeticException(),
    new KeyNotFoundException(),
    new ObjectDisposedException("obj"),
    new TimeoutException(),
    new OperationCanceledException(),
    new TaskCanceledException(),
    new AggregateException(),
    new OutOfMemoryException(),
    new StackOverflowException(),
    new UnauthorizedAccessException(),
    new IOException(),
    new FileNotFoundException(),
    new RankException(),
    new ApplicationException(),
    new MyEx(1),
    new TypeInitializationException("T", null),
    new MissingMethodException(),
    new AccessViolationException(),
    new InsufficientExecutionStackException(),
    new LockRecursionException(),
    new EndOfStreamException(),
    new DirectoryNotFoundException(),
    new ArrayTypeMismatchException(),
    new ThreadInterruptedException(),
    new SemaphoreFullException(),
    new AbandonedMutexException(),
    new TaskSchedulerException(),
    new PlatformNotSupportedException()
}

)
    Console.WriteLine($"{e.GetType().Name} {e.HResult:X8} {e.Message.ReplaceLineEndings("|")}");
try
{
    object o = null!;
    o.ToString();
}
catch (NullReferenceException e)
{
    Console.WriteLine(e.Message + e.HResult);
}

try
{
    int[] a = null!;
    _ = a[0];
}
catch (NullReferenceException)
{
    Console.WriteLine("nre");
}

try
{
    string s = (string)(object)5;
}
catch (InvalidCastException e)
{
    Console.WriteLine(e.Message);
}

try
{
    int? n = null;
    _ = n.Value;
}
catch (InvalidOperationException e)
{
    Console.WriteLine(e.Message);
}

try
{
    _ = (DayOfWeek)(object)"s";
}
catch (InvalidCastException e)
{
    Console.WriteLine(e.Message);
}

try
{
    throw null!;
}
catch (NullReferenceException e)
{
    Console.WriteLine("throw null: " + e.Message);
}

try
{
    Rec(0);
}
catch (InsufficientExecutionStackException e)
{
    Console.WriteLine(e.GetType().Name);
}

static int Rec(int n)
{
    System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
    return Rec(n + 1) + 1;
}

var ex = new Exception("d")
{
    Source = "src",
    HelpLink = "h"
};
ex.Data["k"] = 1;
Console.WriteLine(ex.Source + ex.HelpLink + ex.Data["k"] + ex.StackTrace);
Console.WriteLine(new ArgumentException("m", "p", new Exception("i")).ToString().ReplaceLineEndings("|"));
Console.WriteLine(new ObjectDisposedException("o", (string? )"msg").Message.ReplaceLineEndings("|"));
Console.WriteLine(new FileNotFoundException("m", "f.txt").FileName);
Environment.ExitCode = 0;
class MyEx(int code) : Exception($"my {code}")
{
    public int Code => code;
}

class D(string n, bool bad = false) : IDisposable
{
    public void Dispose()
    {
        Console.WriteLine("dispose " + n);
        if (bad)
            throw new Exception("dispose failed");
    }
}
