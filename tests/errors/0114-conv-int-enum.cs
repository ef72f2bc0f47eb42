enum E { A }
class P { static void Main() { E x = 1; } }
