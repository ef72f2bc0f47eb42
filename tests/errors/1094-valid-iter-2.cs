class Tree { public Tree? L, R; public int V; public IEnumerable<int> All() { if (L != null) foreach (var x in L.All()) yield return x; yield return V; if (R != null) foreach (var x in R.All()) yield return x; } }
class P { static void Main() { var t = new Tree { V = 2, L = new Tree { V = 1 }, R = new() { V = 3 } }; Console.WriteLine(string.Join(",", t.All())); } }
