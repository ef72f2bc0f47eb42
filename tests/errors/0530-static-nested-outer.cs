class A { int x; class B { void M() { x = 1; } } static void Main() { } }
