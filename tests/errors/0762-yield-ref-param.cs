class P { static IEnumerable<int> G(ref int x) { yield return 1; } static void Main() { } }
