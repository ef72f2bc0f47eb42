static class E { public static T MaxOf<T>(this IEnumerable<T> xs, Comparison<T> c) { using var e = xs.GetEnumerator(); e.MoveNext(); var m = e.Current; while (e.MoveNext()) if (c(e.Current, m) > 0) m = e.Current; return m; } }
class P { static void Main() { Console.WriteLine(new[] { 3, 9, 2 }.MaxOf((a) => a.CompareTo(b))); } }
