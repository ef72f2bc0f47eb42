class P { static IEnumerable<int> G() { yield return "a"; } static void Main() { } }
