class P { static void G(int x) { } static void M(Action a) { } static void Main() { M(G); } }
