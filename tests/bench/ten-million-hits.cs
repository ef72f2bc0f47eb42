using System;
using System.Collections.Generic;
using System.Threading.Tasks;
var cache = new Dictionary<int, int>();
long sum = 0;
for (int i = 0; i < 1000000; i++)
    sum += await Get(i % 1000);
Console.WriteLine(sum);

async ValueTask<int> Get(int key)
{
    if (cache.TryGetValue(key, out int value))
        return value;
    await Task.Yield();
    cache[key] = key * 2;
    return key * 2;
}
