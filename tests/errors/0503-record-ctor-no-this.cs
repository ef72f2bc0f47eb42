record A(int X) { public A() { } }
class P { static void Main() { } }
