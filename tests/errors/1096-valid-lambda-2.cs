Func<int, Func<int, int>> add = a => b => a + b;
Console.WriteLine(add(1)(2));
var sq = (int x) => x * x;
Func<int, int> twice = x => { var y = sq(x); return y + y; };
Console.WriteLine(twice(3));
