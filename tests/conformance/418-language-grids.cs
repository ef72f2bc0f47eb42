// Arrays of more than one dimension: elements, initializers, bytes.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
int[,] grid = new int[3, 4];
for (int i = 0; i < grid.GetLength(0); i++) for (int j = 0; j < grid.GetLength(1); j++) grid[i, j] = i * 10 + j;
Console.WriteLine(grid.Length + " " + grid.Rank + " " + grid[2, 3]);
int sum = 0; foreach (int v in grid) sum += v; Console.WriteLine(sum);
int[,] m = { { 1, 2 }, { 3, 4 } };
m[1, 1] += 5; m[0, 0]++;
Console.WriteLine($"{m[0, 0]} {m[0, 1]} {m[1, 0]} {m[1, 1]}");
string[,,] cube = new string[2, 2, 2]; cube[1, 0, 1] = "x"; Console.WriteLine(cube[1, 0, 1] + (cube[0, 0, 0] ?? "null"));
try { Console.WriteLine(m[2, 0]); } catch (IndexOutOfRangeException e) { Console.WriteLine(e.Message); }
var jag = new int[2][]; jag[0] = new[] { 1 }; jag[1] = new[] { 2, 3 }; Console.WriteLine(jag.Sum(r => r.Sum()));
int[,][] mixed = new int[2, 2][]; mixed[0, 1] = new[] { 7 }; Console.WriteLine(mixed[0, 1][0]);
ref int cell = ref m[0, 1]; cell = 99; Console.WriteLine(m[0, 1]);
Console.WriteLine(m.GetUpperBound(0) + " " + m.GetLowerBound(1) + " " + m.GetType());
double[,] id = new double[,] { { 1, 0 }, { 0, 1 } }; Console.WriteLine(id[1, 1]);
void Fill(int[,] a) { for (int i = 0; i <= a.GetUpperBound(0); i++) a[i, 0] = i; }
Fill(grid); Console.WriteLine(grid[2, 0]);
long before = GC.GetAllocatedBytesForCurrentThread();
var big = new int[10, 10];
long after = GC.GetAllocatedBytesForCurrentThread();
Console.WriteLine(after - before + big[0, 0]);
var implicitly = new[,] { { 1.5, 2 }, { 3, 4 } }; Console.WriteLine(implicitly[1, 0] + implicitly.GetLength(0));
var copy = (int[,])m.Clone();
copy[0, 0] = 5;
Console.WriteLine(m[0, 0] + " " + copy[0, 0]);
Array.Clear(copy);
Console.WriteLine(copy[1, 1]);
