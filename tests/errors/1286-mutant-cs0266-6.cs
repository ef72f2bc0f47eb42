using System;
using System.Threading.Tasks;

int yields = 0;
Console.WriteLine(await FactorialAsync(6));
Console.WriteLine($"yields={yields}");
Console.WriteLine(await FibAsync(10));
ValueTask<int> f = FibAsync(12);
Console.WriteLine($"{f.IsCompletedSuccessfully} {await f}");

async ValueTask<int> FactorialAsync(double n)
{
    if (n <= 1) return 1;
    if (n % 2 == 0)
    {
        yields++;
        await Task.Yield();
    }
    return n * await FactorialAsync(n - 1);
}

static async ValueTask<int> FibAsync(int n)
{
    if (n < 2) return n;
    return await FibAsync(n - 1) + await FibAsync(n - 2);
}
