class A { public int X => 1; void M() { X = 2; } static void Main() { } }
