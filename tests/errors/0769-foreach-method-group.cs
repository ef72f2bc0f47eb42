class P { static List<int> G() => null; static void Main() { foreach (var x in G) { } } }
