using System;
using System.Threading.Tasks;

var tcs = new TaskCompletionSource<int>();
Task outer = OuterAsync(tcs.Task);
Console.WriteLine("before set");
tcs.SetResult(3);
Console.WriteLine($"after set: {outer.Status}");
var done = new TaskCompletionSource<int>();
done.SetResult(4);
Task direct = OuterAsync(done.Task);
Console.WriteLine($"already complete: {direct.Status}");
await Task.WhenAll(outer, direct);

static async Task OuterAsync(Task<int> t)
{
    int doubled = await InnerAsync(t);
    Console.WriteLine($"outer got {doubled}");
}

static async ValueTask<int> InnerAsync(Task<int> t)
{
    int x = await t;
    Console.WriteLine($"inner got {x}");
    
}
