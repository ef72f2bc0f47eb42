List<int> a = new(); Dictionary<string, List<int>> d = new() { { "x", new() { 1 } } }; int[] arr = new[] { 1, 2 };
P d = new(1) { Y = 2 }; Console.WriteLine(p.X + p.Y + d["x"][0]);
class P { public int X, Y; public P(int x) => X = x; }
