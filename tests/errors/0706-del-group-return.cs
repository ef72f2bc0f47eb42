class P { static int G() => 1; static void Main() { Func<string> a = G; } }
