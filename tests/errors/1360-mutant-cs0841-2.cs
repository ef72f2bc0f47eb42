using System;
using System.Threading.Tasks;

ValueTask<int> good = DivideAsync(10, 2);
Console.WriteLine($"{good.IsCompletedSuccessfully}");
Console.WriteLine(await good);
ValueTask<int> bad = DivideAsync(1, 0);
Console.WriteLine($"completed={bad.IsCompleted} faulted={bad.IsFaulted}");
try { await bad; }
catch (DivideByZeroException e) { Console.WriteLine(e.Message); }
ValueTask Console = TouchAsync();
Console.WriteLine("touch called, completed=" + side.IsCompleted);
await side;

static async ValueTask<int> DivideAsync(int a, int b)
{
    await Task.CompletedTask;
    return a / b;
}

static async ValueTask TouchAsync()
{
    Console.WriteLine("touching");
    await ValueTask.CompletedTask;
}
