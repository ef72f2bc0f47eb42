class A { public static A() { } }
class P { static void Main() { } }
