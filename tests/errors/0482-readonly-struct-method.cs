struct S { int x; readonly void M() { x = 1; } }
class P { static void Main() { } }
