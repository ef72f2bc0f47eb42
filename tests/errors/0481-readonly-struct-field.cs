readonly struct S { int x; }
class P { static void Main() { } }
