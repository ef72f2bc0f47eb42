// Cache-first repository on ValueTask: hits stay values, misses share one Task, invalidation and negative caching.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var repo = new Repo();
foreach (int id in new[]
{
    1,
    1,
    2,
    3,
    2,
    -1
}

)
{
    ValueTask<string?> vt = repo.GetAsync(id);
    bool sync = vt.IsCompletedSuccessfully;
    if (!sync)
    {
        var g = repo.Gate;
        repo.Gate = new();
        g.SetResult();
    }

    string? v = await vt;
    Console.WriteLine($"{id, 3}: {v ?? "<null>", -10} sync={sync} loads={repo.Loads}");
}

repo.Gate.SetResult();
repo.Invalidate(2);
Console.WriteLine($"{await repo.GetAsync(2)} loads={repo.Loads}");
var many = await Task.WhenAll(Enumerable.Range(1, 5).Select(i => repo.GetAsync(i).AsTask()));
Console.WriteLine(string.Join(",", many));
try
{
    await repo.GetAsync(99);
}
catch (KeyNotFoundException e)
{
    Console.WriteLine(e.Message);
}

Console.WriteLine(repo);
sealed class Repo
{
    private readonly Dictionary<int, string?> _cache = new();
    private readonly ConcurrentDictionary<int, Task<string?>> _inFlight = new();
    public int Loads { get; private set; }

    public ValueTask<string?> GetAsync(int id) => _cache.TryGetValue(id, out var v) ? new(v) : new(_inFlight.GetOrAdd(id, static (k, me) => me.LoadAsync(k), this));
    public bool Invalidate(int id) => _cache.Remove(id) | _inFlight.TryRemove(id, out _);
    public TaskCompletionSource Gate = new();
    private async Task<string?> LoadAsync(int id)
    {
        Loads++;
        await Gate.Task;
        if (id > 50)
            throw new KeyNotFoundException($"no row {id}");
        string? r = id < 0 ? null : $"row{id:D2}";
        return _cache[id] = r;
    }

    public override string ToString() => $"Repo[{_cache.Count}] {string.Join(" ", _cache.OrderBy(p => p.Key).Select(p => p.Key + "=" + (p.Value ?? "-")))}";
}
