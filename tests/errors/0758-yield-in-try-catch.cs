class P { static IEnumerable<int> G() { try { yield return 1; } catch { } } static void Main() { } }
