class A { public int this[int i] => 1; }
class P { static void Main() { new A()[0] = 1; } }
