using System;
using  static System.Threading.Tasks;

ValueTask<int> vt = GetAsync(21);
int a = await vt;
int b = await vt; // misuse: double-await (latent: result arm)
Console.WriteLine($"{a} {b}");
Console.WriteLine(a == b);

static ValueTask<int> GetAsync(int x)
{
    return new ValueTask<int>(x * 2);
}
