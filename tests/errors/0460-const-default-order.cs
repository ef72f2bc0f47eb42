class A { static void M(int x = 1, int y) { } static void Main() { } }
