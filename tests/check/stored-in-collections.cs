using System;
using System.Collections.Generic;
using System.Threading.Tasks;

var cache = new Dictionary<int, ValueTask<int>>();
for (int round = 0; round < 2; round++)
{
    ValueTask<int> vt;
    if (!cache.TryGetValue(1, out vt))
    {
        vt = LoadAsync(1);
        cache[1] = vt;
    }
    Console.WriteLine(await vt); // misuse: stored-then-awaited
}
var list = new List<ValueTask<int>> { LoadAsync(2), LoadAsync(3) };
int sum = 0;
foreach (ValueTask<int> v in list) sum += await v;
Console.WriteLine(sum);
sum = 0;
for (int i = 0; i < list.Count; i++) sum += await list[i]; // misuse: stored-then-awaited
Console.WriteLine(sum);
var d = new Dictionary<string, ValueTask<int>>();
d["x"] = LoadAsync(9);
Console.WriteLine(await d["x"]);
Console.WriteLine(await d["x"]); // misuse: stored-then-awaited

static async ValueTask<int> LoadAsync(int n)
{
    await Task.Yield();
    return n * 10;
}
