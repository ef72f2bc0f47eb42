class A { int x; void M() { static int F() => x; F(); } static void Main() { } }
