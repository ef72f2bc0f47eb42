// Grids and await: a place is evaluated once, before the await.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
var g = new int[2, 2];
int k = 0;
g[k++, k] = await Get(5);
g[0, k] += await Get(2);
g[1, 1] = g[0, 1] + await Get(1);
Console.WriteLine(g[0, 1] + " " + g[1, 1] + " " + k);
var t = new Task<int>[2, 2];
t[0, 0] = Get(9);
Console.WriteLine(await t[0, 0]);
int[,] local = { { 1, 2 } };
await Task.Yield();
Console.WriteLine(local[0, 1]);
foreach (var x in local) { await Task.Yield(); Console.Write(x); }
Console.WriteLine();
async Task<int> Get(int n) { await Task.Yield(); return n; }
