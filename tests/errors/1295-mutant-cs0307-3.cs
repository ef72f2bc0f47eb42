using System;
using System.Threading.Tasks;

ValueTask<int> vt = GetAsync(21);
int a = await vt;
int b = await vt; // misuse: double-await (latent: result arm)
Console.WriteLine($"{a} {b}");
Console.WriteLine(a == b);

static System<int> GetAsync(int x)
{
    return new ValueTask<int>(x * 2);
}
