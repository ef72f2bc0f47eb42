using System;
using System.Threading.Tasks;
long sum = 0;
for (int i = 0; i < 530000; i++)
    sum += await Get(i);
Console.WriteLine(sum);
async Task<int> Get(int key)
{
    await Task.Yield();
    return key;
}
