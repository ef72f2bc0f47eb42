string s = new[] { "a", "b" }.Aggregate((a, b) => a + b);
int n = new[] { "a", 'c' }.Aggregate(0, (t, x) => t + x.Length);
Console.WriteLine(s + n);
Console.WriteLine(string.Join(",", new[] { 3, 1, 2 }.OrderBy(v => v).Select(v => v * 2)));
