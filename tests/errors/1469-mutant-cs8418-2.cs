using System;
using System.Threading.Tasks;

try
{
    await using var a = new Handle("a");
    await using (var b = new Handle("b"))
    {
        Console.WriteLine($"using {a.Name} {b.Name}");
    }
    using Handle? none = null;
    await using var c = new Handle("c");
    throw new InvalidOperationException("body failed");
}
catch (InvalidOperationException e)
{
    Console.WriteLine("caught " + e.Message);
}
await using (new Handle("d").ConfigureAwait(false)) Console.WriteLine("in d");

class Handle : IAsyncDisposable
{
    public string Name { get; }
    public Handle(string name) { Name = name; Console.WriteLine("open " + name); }
    public async ValueTask DisposeAsync()
    {
        Console.WriteLine("closing " + Name);
        await Task.Yield();
        Console.WriteLine("closed " + Name);
    }
}
