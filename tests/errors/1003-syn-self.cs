class A { int x; void M() { self.x = 1; } static void Main() { } }
