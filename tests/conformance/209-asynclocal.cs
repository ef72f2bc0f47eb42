// AsyncLocal: flow down, not up; change notifications; SuppressFlow; ExecutionContext.Run.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var al = new AsyncLocal<string?>(a => Console.WriteLine($"  [{a.PreviousValue ?? "null"} -> {a.CurrentValue ?? "null"} ctx={a.ThreadContextChanged}]"));
var plain = new AsyncLocal<int>();
plain.Value = 1;
al.Value = "main";
Child().Wait();
Console.WriteLine($"after child {al.Value} {plain.Value}");
NotAsync();
Console.WriteLine($"after sync {plain.Value}");
ExecutionContext? ec = ExecutionContext.Capture();
plain.Value = 50;
ExecutionContext.Run(ec!, o =>
{
    Console.WriteLine($"in run {plain.Value} {o}");
    plain.Value = 60;
}, "state");
Console.WriteLine($"after run {plain.Value}");
using (ExecutionContext.SuppressFlow())
{
    Console.WriteLine(ExecutionContext.IsFlowSuppressed() + " " + (ExecutionContext.Capture()is null));
}

Console.WriteLine(ExecutionContext.IsFlowSuppressed());
var inner = new AsyncLocal<int>();
async Task<int> Nest(int d)
{
    inner.Value = d;
    if (d > 0)
    {
        await Task.CompletedTask;
        int r = await Nest(d - 1);
        return r * 10 + inner.Value;
    }

    return inner.Value;
}

Console.WriteLine(Nest(4).Result + " " + inner.Value);
var tcs = new TaskCompletionSource();
plain.Value = 7;
Task w = Task.CompletedTask.ContinueWith(_ => plain.Value, TaskContinuationOptions.ExecuteSynchronously);
plain.Value = 8;
Console.WriteLine(((Task<int>)w).Result);
async Task Child()
{
    Console.WriteLine($"child sees {al.Value} {plain.Value}");
    plain.Value = 2;
    al.Value = "child";
    Console.WriteLine("child set");
}

void NotAsync()
{
    plain.Value = 3;
}
