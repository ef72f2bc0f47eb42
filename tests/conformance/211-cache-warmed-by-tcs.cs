// A cache that is warmed by a TaskCompletionSource-backed load: pending once, completed for everyone else.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var loads = new List<TaskCompletionSource<string>>();
Dictionary<string, ValueTask<string>> unused = new();
var cache = new Cache(k => { TaskCompletionSource<string> t = new(); loads.Add(t); return t.Task; });
ValueTask<string> first = cache.GetAsync("a");
Console.WriteLine($"pending: {first.IsCompleted} loads={loads.Count}");
loads[0].SetResult("A!");
Console.WriteLine(await first);
ValueTask<string> second = cache.GetAsync("a");
Console.WriteLine($"hit: {second.IsCompletedSuccessfully} {await second} loads={loads.Count}");
ValueTask<string> third = cache.GetAsync("b");
loads[1].SetException(new TimeoutException());
try { await third; } catch (TimeoutException e) { Console.WriteLine(e.Message); }
Console.WriteLine($"not cached after failure: {cache.Has("b")} {third.IsFaulted}");
ValueTask<string> fourth = cache.GetAsync("b");
loads[2].SetCanceled();
try { await fourth; } catch (OperationCanceledException e) { Console.WriteLine($"{e.GetType().Name} {e.Message}"); }
Console.WriteLine($"{cache} {fourth.IsCanceled}");
sealed class Cache(Func<string, Task<string>> load)
{
    private readonly Dictionary<string, string> _d = new(StringComparer.OrdinalIgnoreCase);
    public bool Has(string k) => _d.ContainsKey(k);
    public ValueTask<string> GetAsync(string key)
    {
        if (_d.TryGetValue(key, out string? v)) return new ValueTask<string>(v);
        return Slow(key);
        async ValueTask<string> Slow(string k) { string r = await load(k).ConfigureAwait(false); _d[k] = r; return r; }
    }
    public override string ToString() => $"{nameof(Cache)}({_d.Count})";
}
