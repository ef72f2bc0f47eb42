// Elements of grids as places: compound assignment, ref, structs, tuples.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
int[,] g = new int[2, 3];
int i = 0, j = 0;
g[i++, j++] += 5;
Console.WriteLine(i + " " + j + " " + g[0, 0]);
g[1, 2]++;
Console.WriteLine(g[1, 2]++ + ++g[1, 2]);
string[,] s = new string[2, 2]; s[0, 1] ??= "x"; Console.WriteLine(s[0, 1] + s[1, 1]?.Length); s[1, 1] += "y"; Console.WriteLine(s[1, 1]);
var grid = new Cell[2, 2];
grid[1, 0].X = 7;
grid[1, 0].Inc();
Console.WriteLine(grid[1, 0].X);
(grid[0, 0], grid[1, 1]) = (grid[1, 0], grid[0, 0]);
Console.WriteLine(grid[0, 0].X);
foreach (var row in Rows(new[,] { { 1, 2 }, { 3, 4 } })) Console.WriteLine(string.Join(",", row));
static IEnumerable<int[]> Rows(int[,] m)
{
    for (int r = 0; r < m.GetLength(0); r++)
    {
        var row = new int[m.GetLength(1)];
        for (int c = 0; c < row.Length; c++) row[c] = m[r, c];
        yield return row;
    }
}
Swap(ref g[0, 0], ref g[1, 2]);
Console.WriteLine(g[0, 0]);
static void Swap(ref int a, ref int b) => (a, b) = (b, a);
try { var bad = new int[-1 + i - 1, 2]; }
catch (OverflowException e) { Console.WriteLine(e.Message); }
try { int[,]? n = null; n![0, 0] = 1; }
catch (NullReferenceException) { Console.WriteLine("nre"); }
try { g[2, 0] = 1; }
catch (IndexOutOfRangeException) { Console.WriteLine("ioor"); }
Func<int> f = () => g[1, 0] + g[0, 0];
Console.WriteLine(f());
int[,,] cube = { { { 1 }, { 2 } } };
Console.WriteLine(cube[0, 1, 0] + cube.GetLength(1));
Console.WriteLine(Sum(cube.Cast<int>()));
static int Sum(IEnumerable<int> x) => x.Sum();
object o = g;
Console.WriteLine(o is int[,] ? "grid" : "no");
Console.WriteLine(o is int[] ? "arr" : "no");
for (int k = 0; k < 1000; k++) { var t = new object[10, 10]; t[3, 4] = k; if (k == 500) { GC.Collect(); Console.WriteLine(t[3, 4]); } }
List<int[,]> list = [new int[1, 1], g];
Console.WriteLine(list[1][0, 0]);
struct Cell { public int X; public void Inc() => X++; }
