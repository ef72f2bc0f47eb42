// Async methods run synchronously to their first incomplete await; order of the lines shows it.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var gate = new TaskCompletionSource();
Console.WriteLine("1 main");
Task a = First();
Console.WriteLine($"4 main, a completed: {a.IsCompleted}");
gate.SetResult();
Console.WriteLine($"6 main, a completed: {a.IsCompleted}");
await a;
Task b = Second();
Console.WriteLine($"b {b.Status}");
async Task First()
{
    Console.WriteLine("2 first");
    await Inner();
    Console.WriteLine("5 first resumed");
}

async Task Inner()
{
    Console.WriteLine("3 inner");
    await gate.Task;
    Console.WriteLine("5 inner resumed");
}

async Task Second()
{
    await gate.Task;
    await Task.CompletedTask;
    await default(ValueTask);
    await new ValueTask<int>(1);
    Console.WriteLine("never suspended");
}
