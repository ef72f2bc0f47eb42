// ValueTask corners: equality, hash, ConfigureAwait copies, default awaiters, Task arm identity, conditional expressions, null arms.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var t = Task.FromResult(50);
var a = new ValueTask<int>(t);
var b = new ValueTask<int>(t);
Console.WriteLine($"{a == b} {a.Equals(b)} {a != b} {a.GetHashCode() == t.GetHashCode()} {ReferenceEquals(a.AsTask(), t)} {a.Preserve() == a}"); // misuse: double-await
Console.WriteLine($"{new ValueTask<int>(5) == new ValueTask<int>(5)} {new ValueTask<int>(5) == new ValueTask<int>(Task.FromResult(5))} {new ValueTask<string>("a") == new ValueTask<string>(new string ('a', 1))} {default(ValueTask) == ValueTask.CompletedTask} {new ValueTask(t) == new ValueTask(t)} {new ValueTask<int>(5).Equals(null)} {new ValueTask<string>("q").GetHashCode() == "q".GetHashCode()} {new ValueTask<int>(-3).GetHashCode()}");
var pend = new TaskCompletionSource<int>();
var p = new ValueTask<int>(pend.Task);
Console.WriteLine($"[{p}] {p.IsCompleted} {p.IsFaulted} {p.IsCanceled}");
pend.SetException(new FormatException("pf"));
Console.WriteLine($"[{p}] {p.IsFaulted} {p.IsCompletedSuccessfully}");
try
{
    _ = p.Result;
}
catch (FormatException e)
{
    Console.WriteLine(e.Message);
}

try
{
    p.GetAwaiter().GetResult(); // misuse: double-await
}
catch (FormatException)
{
    Console.WriteLine("again");
}

try
{
    await p.ConfigureAwait(false); // misuse: double-await
}
catch (FormatException)
{
    Console.WriteLine("await");
}

ValueTask v0 = p.IsCompleted ? default : new ValueTask(t);
await v0;
ValueTask<int>[] arr =
{
    a,
    b,
    new(1)
};
int s = 0;
foreach (var x in arr)
    s += await x; // misuse: stored-then-awaited
Console.WriteLine(s);
ValueTask<object> vo = new((object)5);
Console.WriteLine(await vo);
ValueTask<int?> vn = new((int? )null);
Console.WriteLine(await vn is null);
Console.WriteLine(new ValueTask<bool>(true).Result && await new ValueTask<bool>(Task.FromResult(true)));
var(x1, x2) = (await new ValueTask<int>(1), await new ValueTask<(int, int)>((2, 3)));
Console.WriteLine(x1 + x2.Item2);
Console.WriteLine(await new ValueTask<int>(1) + await new ValueTask<int>(Task.Run(() => 2)) * await a); // misuse: double-await
Task<int> asT = new ValueTask<int>(7).AsTask();
Console.WriteLine(ReferenceEquals(asT, Task.FromResult(7)) + " " + ReferenceEquals(new ValueTask<int>(77).AsTask(), new ValueTask<int>(77).AsTask()) + " " + default(ValueTask<int>).Result + default(ValueTask<string>).IsCompletedSuccessfully);
var f = ValueTask.FromException<int>(new TimeoutException("x"));
Console.WriteLine(f.AsTask().Status + " " + f.AsTask().Exception!.InnerException!.Message); // misuse: as-task-twice
