class P { static IEnumerable<int> G(out int x) { x = 1; yield return 1; } static void Main() { } }
