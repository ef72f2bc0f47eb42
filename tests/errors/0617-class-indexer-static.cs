class A { public static int this[int i] => 1; }
class P { static void Main() { } }
