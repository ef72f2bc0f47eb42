class A { static void M(in int x) { x = 1; } static void Main() { } }
