// AsyncLocal with change notifications through awaits, suppressed flow and ExecutionContext.Run.
using System;
using System.Threading;
using System.Threading.Tasks;

var local = new AsyncLocal<string>(change => Console.WriteLine($"{change.PreviousValue ?? "-"} > {change.CurrentValue ?? "-"} {change.ThreadContextChanged}"));
local.Value = "main";
await Inner("a");
Console.WriteLine($"after {local.Value}");
var gate = new TaskCompletionSource();
Task t = Outer(gate.Task);
local.Value = "changed";
gate.SetResult();
await t;
Console.WriteLine($"end {local.Value}");
using (ExecutionContext.SuppressFlow()) Task.Run(() => Console.WriteLine($"suppressed {local.Value ?? "none"}")).Wait(); // misuse: sync-over-async
ExecutionContext.Run(ExecutionContext.Capture()!, _ => local.Value = "inside", null);
Console.WriteLine(local.Value);

async Task Inner(string value)
{
    local.Value = value;
    await Task.CompletedTask;
    Console.WriteLine($"inner {local.Value}");
}

async Task Outer(Task gate)
{
    Console.WriteLine($"outer {local.Value}");
    await gate;
    Console.WriteLine($"resumed {local.Value}");
}
