class P { static IEnumerable<int> G() { try { } finally { yield return 1; } } static void Main() { } }
