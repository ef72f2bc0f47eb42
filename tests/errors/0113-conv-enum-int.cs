enum E { A }
class P { static void Main() { int x = E.A; } }
