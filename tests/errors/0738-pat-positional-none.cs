class A { }
class P { static void Main() { object o = null; if (o is A(1, 2)) { } } }
