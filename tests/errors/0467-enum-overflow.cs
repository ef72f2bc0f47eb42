enum E : byte { A = 256 }
class P { static void Main() { } }
