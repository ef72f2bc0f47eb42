// Lambdas with default values, params and ref parameters.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
var add = (int x, int y = 10) => x + y;
Console.WriteLine(add(1) + " " + add(1, 2));
var sum = (params int[] xs) => xs.Sum();
Console.WriteLine(sum(1, 2, 3) + " " + sum());
Func<int, int> sq = static x => x * x; Console.WriteLine(sq(5));
var typed = object (bool b) => b ? "s" : 1; Console.WriteLine(typed(true));
var inc = (ref int x) => x++; int z = 1; inc(ref z); Console.WriteLine(z);
Action<int> discard = _ => Console.WriteLine("d"); discard(1);
Func<int, int, int> two = (_, _) => 42; Console.WriteLine(two(1, 2));
var choose = [Obsolete] (int q) => q; Console.WriteLine(choose(3));
Delegate d = () => 5; Console.WriteLine(((Func<int>)d)());
