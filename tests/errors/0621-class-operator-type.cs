class A { public static int operator +(int a, int b) => a; }
class P { static void Main() { } }
