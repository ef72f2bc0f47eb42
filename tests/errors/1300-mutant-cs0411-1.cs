using System;
using System.Collections.Generic;
using System.Threading.Tasks;

Console.WriteLine(await EchoAsync(5));
Console.WriteLine(await EchoAsync(null));
Console.WriteLine(await FirstOrDefaultAsync(new List<int>()));
Console.WriteLine(await FirstOrDefaultAsync(new List<string>()) ?? "(none)");
var memo = new Memo<string, int>(async s => { await Task.Yield(); return s.Length; });
Console.WriteLine($"{await memo.GetAsync("tree")} {await memo.GetAsync("tree")} misses={memo.Misses}");

static async ValueTask<T> EchoAsync<T>(T value) { await Task.Yield(); return value; }
static async Task<T?> FirstOrDefaultAsync<T>(List<T> items)
{
    await Task.CompletedTask;
    return items.Count > 0 ? items[0] : default;
}

class Memo<TKey, TValue> where TKey : notnull
{
    private readonly Dictionary<TKey, TValue> _seen = new();
    private readonly Func<TKey, Task<TValue>> _load;
    public int Misses;
    public Memo(Func<TKey, Task<TValue>> load) { _load = load; }
    public async ValueTask<TValue> GetAsync(TKey key)
    {
        if (_seen.TryGetValue(key, out var v)) return v;
        Misses++;
        return _seen[key] = await _load(key);
    }
}
