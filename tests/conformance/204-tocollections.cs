// ValueTasks in fields, arrays, tuples and boxes: each consumed once.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var list = new List<ValueTask<int>>
{
    new(1),
    new(Task.FromResult(2)),
    Slow(3)
};
var arr = new ValueTask<int>[3];
arr[0] = new(10);
arr[1] = Slow(20);
arr[2] = default;
(ValueTask<int> A, ValueTask<string> B) pair = (Slow(5), new("b"));
object boxed = Slow(7);
int sum = 0;
foreach (var v in list)
    sum += await v;
Console.WriteLine(sum);
for (int i = 0; i < arr.Length; i++)
    Console.Write((await arr[i]) + " ");
Console.WriteLine();
var(a, b) = pair;
Console.WriteLine($"{await a} {await b}");
Console.WriteLine(await (ValueTask<int>)boxed);
if (boxed is ValueTask<int> { IsCompleted: true } done)
    Console.WriteLine("boxed done");
var dict = new Dictionary<string, ValueTask<int>>
{
    ["x"] = Slow(1),
    ["y"] = new(2)
};
foreach (var(k, v)in dict)
    Console.WriteLine($"{k}={await v}");
var holder = new Holder
{
    Op = Slow(9)
};
Console.WriteLine(await holder.Op);
ValueTask<int>? maybe = null;
Console.WriteLine(maybe.HasValue);
maybe = Slow(4);
Console.WriteLine(await maybe.Value);
var s = new Struct
{
    V = new ValueTask<long>(5L)
};
var s2 = s;
Console.WriteLine(await s2.V);
Console.WriteLine(new ValueTask<int>(5).Equals((object)new ValueTask<int>(5)) + " " + new ValueTask<int>(5).Equals(5));
Console.WriteLine(new ValueTask<int>(5).GetHashCode() + " " + default(ValueTask).GetHashCode() + " " + default(ValueTask<string>).GetHashCode());
Console.WriteLine($"[{default(ValueTask<string>)}] [{default(ValueTask<int>)}] [{default(ValueTask)}] [{new ValueTask<string>("s")}] [{new ValueTask<DayOfWeek>(DayOfWeek.Friday)}]");
Console.WriteLine(new ValueTask<int>(Task.FromException<int>(new Exception())).ToString().Length);
Console.WriteLine(new ValueTask(Task.CompletedTask) == default(ValueTask));
Console.WriteLine(new ValueTask<int?>((int? )null).ToString() == "");
Console.WriteLine(typeof(ValueTask<int>).ToString() + " " + typeof(ValueTask<>).Name + " " + boxed.GetType().Name);
static async ValueTask<int> Slow(int n)
{
    await Task.Yield();
    return n;
}

class Holder
{
    public ValueTask<int> Op;
}

struct Struct
{
    public ValueTask<long> V;
}
