class P { static IEnumerable<int> G() { try { } catch { yield return 1; } } static void Main() { } }
