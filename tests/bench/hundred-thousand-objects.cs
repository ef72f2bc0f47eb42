// A hundred thousand objects stay alive, then awaits go on until ten million steps are recorded.
using System;
using System.Collections.Generic;
using System.Threading.Tasks;

var kept = new List<Entry>(100_000);
for (int i = 0; i < 100_000; i++)
{
    kept.Add(new Entry(i));
}

ValueTask<int> Hit(int key) => new(kept[key].Number);

long sum = 0;
for (int i = 0; i < 1_300_000; i++)
{
    sum += await Hit(i % kept.Count);
}

Console.WriteLine(sum);

sealed class Entry(int number)
{
    public int Number = number;
}
