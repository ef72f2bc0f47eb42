class A { override string ToString() => ""; }
class P { static void Main() { } }
