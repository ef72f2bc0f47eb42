// AggregateException: from Wait, Result, nested, Flatten, Handle; against await and GetResult.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var t = new TaskCompletionSource<int>();
t.SetException(new Exception[] { new TimeoutException("t1"), new FormatException("f2") });
try
{
    t.Task.Wait();
}
catch (AggregateException e)
{
    Console.WriteLine($"{e.InnerExceptions.Count} {e.Message} {e.InnerException!.GetType().Name}");
}

try
{
    _ = t.Task.Result;
}
catch (AggregateException e)
{
    Console.WriteLine(string.Join(",", e.InnerExceptions.Select(x => x.Message)));
}

try
{
    t.Task.GetAwaiter().GetResult();
}
catch (TimeoutException e)
{
    Console.WriteLine("awaiter " + e.Message);
}

try
{
    await t.Task;
}
catch (Exception e)
{
    Console.WriteLine("await " + e.GetType().Name);
}

try
{
    await t.Task.ContinueWith(x => x.Result, TaskContinuationOptions.ExecuteSynchronously);
}
catch (AggregateException e)
{
    Console.WriteLine("cw " + e.Message + " / " + e.InnerExceptions.Count);
}

var agg = new AggregateException("outer", new AggregateException(new Exception("a"), new AggregateException(new Exception("b"))), new Exception("c"));
Console.WriteLine(agg.Message);
Console.WriteLine(agg.Flatten().Message + " " + agg.Flatten().InnerExceptions.Count);
Console.WriteLine(agg.GetBaseException().Message);
try
{
    agg.Flatten().Handle(e => e.Message != "b");
}
catch (AggregateException e)
{
    Console.WriteLine("left " + e.Message);
}

new AggregateException(new FormatException()).Handle(e => e is FormatException);
Console.WriteLine(new AggregateException().Message + "|" + new AggregateException("m").InnerException + "|" + new AggregateException("m", new Exception("x")).InnerException!.Message);
Console.WriteLine(new AggregateException(new List<Exception>()).InnerExceptions.Count);
try
{
    throw new AggregateException((Exception[])null!);
}
catch (ArgumentNullException e)
{
    Console.WriteLine(e.Message);
}

try
{
    throw new AggregateException(new Exception[] { null! });
}
catch (ArgumentException e)
{
    Console.WriteLine(e.Message);
}

try
{
    Task.WaitAll(Task.FromException(new Exception("w1")), Task.FromCanceled(new CancellationToken(true)), Task.FromException(new Exception("w2")));
}
catch (AggregateException e)
{
    Console.WriteLine(e.Message);
    foreach (var i in e.InnerExceptions)
        Console.WriteLine(" " + i.GetType());
}

try
{
    new AggregateException(new Exception("q")).GetBaseException().ToString();
    throw new Exception("in", new FormatException("deep"));
}
catch (Exception e)
{
    Console.WriteLine(e.GetBaseException().Message + " " + e.InnerException!.Message);
}

Console.WriteLine(new Exception("m", new Exception("i")).ToString().ReplaceLineEndings("|"));
Console.WriteLine(new AggregateException("A", new Exception("i"), new Exception("j")).ToString().ReplaceLineEndings("|"));
