class P { static IEnumerable<int> G() { if (true) return new List<int>(); yield break; } static void Main() { } }
