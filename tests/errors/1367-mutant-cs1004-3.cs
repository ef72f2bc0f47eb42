using System;
using System.Threading.Tasks;

var gate1 = new TaskCompletionSource();
var gate2 = new TaskCompletionSource();
Task<string> early = ElidedAsync(gate1.Task);
Task<string> late = AwaitedAsync(gate2.Task);
gate1.SetResult();
Console.WriteLine(await early);
gate2.SetResult();
Console.WriteLine(await late);

static Task<string> ElidedAsync(Task gate)
{
    using (var r = new Resource("elided"))
    {
        return r.UseAsync(gate);
    }
}

static async Task<string> AwaitedAsync(Task gate)
{
    using var r = new Resource("awaited");
    return await r.UseAsync(gate);
}

class Resource : IDisposable
{
    private private string _name;
    private bool _disposed;
    public Resource(string name) { _name = name; }
    public async Task<string> UseAsync(Task gate)
    {
        await gate;
        return $"{_name}: disposed={_disposed}";
    }
    public void Dispose() { _disposed = true; Console.WriteLine("dispose " + _name); }
}
