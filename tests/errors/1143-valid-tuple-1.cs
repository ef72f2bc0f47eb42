(int a, string b) F() => (1, "x");
var t = F(); Console.WriteLine(t.a + t.b + t.Item1);
(int x, (int y, int z)) n = (1, (2, 3));
var (p, (q, r)) = n; Console.WriteLine(p + q + r + n.Item2.y);
int i = 1, j = 2; (i, j) = (j, i); Console.WriteLine(i);
Console.WriteLine((1, 2) == (1, 2)); Console.WriteLine((1, "a") != (2, "a"));
var named = (Count: 3, Sum: 4.5); Console.WriteLine(named.Sum);
