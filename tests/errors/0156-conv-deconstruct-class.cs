class A { }
class P { static void Main() { var (x, y) = new A(); } }
