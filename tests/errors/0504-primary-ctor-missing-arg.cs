class A(int x) { public int X => x; }
class P { static void Main() { var a = new A(); } }
