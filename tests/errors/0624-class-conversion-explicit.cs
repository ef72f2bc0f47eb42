class A { public static explicit operator int(A a) => 1; }
class P { static void Main() { int x = new A(); } }
