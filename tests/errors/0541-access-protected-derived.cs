class A { protected int x; }
class B : A { void M(A a) { a.x = 1; } static void Main() { } }
