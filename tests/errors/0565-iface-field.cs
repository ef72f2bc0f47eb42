interface I { int x; }
class P { static void Main() { } }
