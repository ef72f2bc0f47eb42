using System;
using System.Collections.Generic;
using System.Threading.Tasks;

var gate = new TaskCompletionSource();
var work = new List<Func<Task<string>>>();
for (int i = 0; i < 3; i++)  await work.Add(async () => { await gate.Task; return $"i={i}"; });
foreach (string s in new[] { "x", "y" }) work.Add(async () => { await Task.CompletedTask; return s; });
for (int i = 0; i < 2; i++) { int copy = i; work.Add(() => Task.FromResult($"copy={copy}")); }
gate.SetResult();
var parts = new List<string>();
foreach (Func<Task<string>> f in work) parts.Add(await f());
Console.WriteLine(string.Join(" ", parts));
int total = 0;
Func<int, Task> outer = async n =>
{
    Func<int, ValueTask<int>> inner = async k =>
    {
        total += k;
        await Task.Yield();
        return k * n;
    };
    Add(await inner(2) + await inner(3));
};
await outer(10);
await outer(100);
Console.WriteLine(total);

void Add(int n) => total += n;
