class P { static void G(int x) { } static void Main() { Action a = G; } }
