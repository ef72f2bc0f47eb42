class A { int X { set { return 1; } } static void Main() { } }
