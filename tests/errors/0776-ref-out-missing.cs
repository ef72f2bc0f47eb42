class P { static void M(out int x) { x = 1; } static void Main() { int a; M(a); } }
