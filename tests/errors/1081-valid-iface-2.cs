class Coll : IEnumerable<int> { public IEnumerator<int> GetEnumerator() { yield return 1; yield return 2; } System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator(); }
class P { static void Main() { foreach (int x in new Coll()) Console.WriteLine(x); Console.WriteLine(new Coll().Sum()); } }
