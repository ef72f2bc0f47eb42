enum E { A }
class P { static void Main() { var e = E.A; switch (e) { case A: break; } } }
