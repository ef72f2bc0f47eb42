enum E { A = "x" }
class P { static void Main() { } }
