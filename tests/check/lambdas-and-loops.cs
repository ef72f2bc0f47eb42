using System;
using System.Threading.Tasks;
async Task<int> Sum()
{
    ValueTask<int> v = One();
    int s = await v;
    s += await v; // misuse: double-await
    return s;
}
Console.WriteLine(await Sum());
Func<ValueTask<int>, Task<int>> twice = async vt => await vt + await vt; // misuse: double-await
Console.WriteLine(await twice(One()));
ValueTask<int> captured = One();
Func<Task<int>> use = async () => await captured; // misuse: double-await
Console.WriteLine(await use());
Console.WriteLine(await use());
ValueTask<int> loop = One();
int n = 0;
do { n += await loop; } while (n < 3); // misuse: double-await
static async ValueTask<int> One() { await Task.Yield(); return 1; }
