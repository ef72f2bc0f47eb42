// The static factories of ValueTask and what their errors say.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

ValueTask<int> a = ValueTask.FromResult(3);
ValueTask f = ValueTask.FromException(new InvalidOperationException("nope"));
ValueTask<int> g = ValueTask.FromException<int>(new InvalidOperationException("nope2"));
ValueTask c = ValueTask.FromCanceled(new CancellationToken(true));
ValueTask<string> cs = ValueTask.FromCanceled<string>(new CancellationToken(canceled: true));
Console.WriteLine($"{a.IsCompletedSuccessfully} {f.IsFaulted} {f.IsCompletedSuccessfully} {g.IsFaulted} {c.IsCanceled} {cs.IsCompleted} {ValueTask.CompletedTask.IsCompletedSuccessfully}");
try
{
    await f;
}
catch (InvalidOperationException e)
{
    Console.WriteLine(e.Message);
}

try
{
    _ = g.Result;
}
catch (InvalidOperationException e)
{
    Console.WriteLine(e.Message);
}

try
{
    await c;
}
catch (TaskCanceledException e)
{
    Console.WriteLine(e.Message + (e.Task is null) + e.CancellationToken.IsCancellationRequested);
}

try
{
    await cs;
}
catch (TaskCanceledException e)
{
    Console.WriteLine(e.Message + " " + e.Task?.Status);
}

try
{
    ValueTask.FromCanceled(default);
}
catch (ArgumentOutOfRangeException e)
{
    Console.WriteLine(e.Message.Length + e.ParamName);
}

try
{
    ValueTask.FromException(null!);
}
catch (ArgumentException e)
{
    Console.WriteLine(e.Message);
}

try
{
    _ = new ValueTask<int>(source: null!, token: 3);
}
catch (ArgumentNullException e)
{
    Console.WriteLine(e.Message);
}

try
{
    _ = new ValueTask<string>(task: null!);
}
catch (ArgumentNullException e)
{
    Console.WriteLine(e.Message);
}

try
{
    _ = new ValueTask(task: null!);
}
catch (ArgumentNullException e)
{
    Console.WriteLine(e.ParamName);
}

_ = new ValueTask<string>(result: null!);
Console.WriteLine(new ValueTask<string?>(result: null).ToString() == "" ? "empty" : "text");
Console.WriteLine(f.AsTask().Exception!.InnerException!.Message + f.AsTask().Exception!.Message.Length); // misuse: double-await, as-task-twice
