class A { public int X { } }
class P { static void Main() { } }
