// ?: over lambdas and method groups.
using System;
using System.Threading;
bool b = DateTime.Now.Year > 1;
Action a = b ? M2 : M1;
a();
WaitCallback w = b ? W : V;
w(null);
Func<int, int> h = b ? x => x + 1 : x => x;
Console.WriteLine(h(2));
Run(b ? M1 : M2);
Comparison<int> c = b ? (x, y) => x - y : (x, y) => y - x;
Console.WriteLine(c(1, 2));
static void M1() => Console.WriteLine("1");
static void M2() => Console.WriteLine("2");
static void W(object? o) => Console.WriteLine("w");
static void V(object? o) { }
static void Run(Action x) => x();
