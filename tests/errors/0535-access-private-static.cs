class A { static void M() { } }
class P { static void Main() { A.M(); } }
