using static System.Math;
using L = System.Collections.Generic.List<int>;
L l = new() { Max(1, 2), Abs(-3) };
Console.WriteLine(l.Sum() + PI.ToString("F2").Length);
