struct S { int x; void M() { Action a = () => x++; } }
class P { static void Main() { } }
