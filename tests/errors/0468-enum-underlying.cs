enum E : string { A }
class P { static void Main() { } }
