using System;
using System.Threading.Tasks;

Console.WriteLine(await SumAsync(10));
static async ValueTask<int> SumAsync(int n)
{
    if (n == 0)
        return 0;
    return n + await SumAsync(n - 1);
}
