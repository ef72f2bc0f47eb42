class A { int x; }
class B : A { void M() { x = 1; } static void Main() { } }
