using System;
using System.Collections.Generic;
using System.Threading.Tasks;

var cache = new Dictionary<int, Task<string>>();
var gate = new TaskCompletionSource();
int loads = 0;
Task<string> a = GetAsync(1);
Task<string> b = GetAsync(1);
Task<string> c = GetAsync(2);
Console.WriteLine($"{ReferenceEquals(a, b)} {ReferenceEquals(a, c)} loads={loads}");
gate.SetResult();
Console.WriteLine($"{await a} {await b} {await c}");
Console.WriteLine($"{await GetAsync(1)} loads={loads}");

Task<string> GetAsync(int id)
{
    if (!cache.TryGetValue(id, out Task<string>? t))
    {
        t = LoadAsync(id);
        cache.Add(id, t);
    }
    return t;
}

Task<string> LoadAsync(int id)
{
    loads++;
    await gate.Task;
    return $"item{id}";
}
