enum E { A, B, A }
class P { static void Main() { } }
