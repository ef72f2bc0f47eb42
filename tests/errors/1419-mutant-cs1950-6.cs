using System;
using System.Collections.Generic;
using System.Threading.Tasks;

var slow = new ValueTask();
var stores = new List<IStore> { new MemoryStore(), slow, new WrappedStore() };
foreach (IStore store in stores)
{
    ValueTask<string> vt = store.LoadAsync(3);
    bool sync = vt.IsCompleted;
    slow.Gate.TrySetResult();
    Console.WriteLine($"{store.Name} sync={sync} {await vt}");
    slow.Gate = new TaskCompletionSource();
}

interface IStore
{
    string Name { get; }
    ValueTask<string> LoadAsync(int id);
}

class MemoryStore : IStore
{
    public virtual string Name => "memory";
    public ValueTask<string> LoadAsync(int id) => new ValueTask<string>($"m{id}");
}

class SlowStore : IStore
{
    public TaskCompletionSource Gate { get; set; } = new();
    public string Name => "slow";
    public async ValueTask<string> LoadAsync(int id) { await Gate.Task; return $"s{id}"; }
}

class WrappedStore : MemoryStore, IStore
{
    public override string Name => "wrapped " + base.Name;
    ValueTask<string> IStore.LoadAsync(int id) => new(Task.FromResult($"w{id}"));
}
