class R : IDisposable { public void Dispose() => Console.WriteLine("x"); }
class P { static IEnumerable<int> F() { using (new R()) { for (int i = 0; i < 3; i++) { if (i == 1) continue; yield return i; } } lock (new object()) { } } static void Main() { foreach (var x in F()) { Console.WriteLine(x); break; } var e = F().GetEnumerator(); e.MoveNext(); Console.WriteLine(e.Current); } }
