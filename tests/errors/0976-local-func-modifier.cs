class A { void M() { public int F() => 1; } static void Main() { } }
