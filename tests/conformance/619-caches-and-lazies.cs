// Cache-first repositories and an async lazy; what a hit costs.
using System;
using System.Collections.Generic;
using System.Threading.Tasks;

var cache = new Cache();
for (int i = 0; i < 3; i++) Console.WriteLine($"{await cache.GetAsync(i % 2)} loads {cache.Loads}");
var hit = cache.GetAsync(0);
Console.WriteLine($"{hit.IsCompletedSuccessfully} {hit.Result}");
Console.WriteLine($"hit {Bytes(() => cache.GetAsync(1).Result)} task hit {Bytes(() => cache.GetTask(1).Result)} text {Bytes(() => cache.GetText("k").Result)}"); // misuse: sync-over-async
try { await cache.GetAsync(-1); } catch (ArgumentOutOfRangeException e) { Console.WriteLine(e.ParamName); }
Task<string> one = cache.Shared("x"), two = cache.Shared("x");
Console.WriteLine($"{ReferenceEquals(one, two)} {await one} {await two} {cache.Loads}");
var lazy = new AsyncLazy<int>(async () => { await Task.Yield(); return ++cache.Loads; });
Console.WriteLine($"{await lazy.Value} {await lazy.Value}");

static long Bytes(Func<object> read)
{
    read(); read();
    long before = GC.GetAllocatedBytesForCurrentThread();
    read();
    return GC.GetAllocatedBytesForCurrentThread() - before;
}

class AsyncLazy<T>(Func<Task<T>> make)
{
    private readonly Lazy<Task<T>> _value = new(make);
    public Task<T> Value => _value.Value;
}

class Cache
{
    private readonly Dictionary<int, string> _items = new();
    private readonly Dictionary<string, Task<string>> _tasks = new();
    public int Loads;

    public ValueTask<string> GetAsync(int id)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        return _items.TryGetValue(id, out string? found) ? new(found) : new(LoadAsync(id));
    }

    public async Task<string> GetTask(int id) => _items.TryGetValue(id, out string? found) ? found : await LoadAsync(id);
    public async ValueTask<string> GetText(string key) { if (!_tasks.ContainsKey(key)) await Shared(key); return key; }

    public Task<string> Shared(string key)
    {
        if (!_tasks.TryGetValue(key, out var task)) _tasks[key] = task = LoadAsync(key.Length);
        return task;
    }

    private async Task<string> LoadAsync(int id)
    {
        Loads++;
        await Task.Yield();
        return _items[id] = $"item {id}";
    }
}
