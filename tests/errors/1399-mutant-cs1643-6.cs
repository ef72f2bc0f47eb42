using System;
using System.Threading.Tasks;

int calls = 0;
Func<int, ValueTask<int>> twice = async x => { calls++; await Task.Yield(); return x * 2; };
Func<Task<int>> five = async () => { calls++; await Task.CompletedTask;  };
Console.WriteLine(await twice(4) + await five());
Console.WriteLine(await ApplyAsync(3, twice));
Console.WriteLine(await ApplyAsync(3, x => new ValueTask<int>(x + 100)));
Func<int, Task> show = async n =>
{
    await Task.Yield();
    Console.WriteLine($"show {n} calls={calls}");
};
await show(calls);

static async Task<int> ApplyAsync(int x, Func<int, ValueTask<int>> f)
{
    int once = await f(x);
    return await f(once);
}
