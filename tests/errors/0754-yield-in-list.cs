class P { static List<int> G() { yield return 1; } static void Main() { } }
