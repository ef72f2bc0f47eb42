class P { static IEnumerable<int> G() { yield return 1; return null; } static void Main() { } }
