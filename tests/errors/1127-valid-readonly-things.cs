readonly struct R { public readonly int A; public int B { get; } public int C { get; init; } public R(int a) { A = a; B = a; } public R With(int x) => this with { C = x }; }
class K { readonly int x = 1; readonly List<int> l = new(); public K() { x = 2; } public void M() { l.Add(x); } public int L => l.Count; } 
class P { static void Main() { var k = new K(); k.M(); Console.WriteLine(k.L + new R(3) { C = 4 }.With(5).C); } }
