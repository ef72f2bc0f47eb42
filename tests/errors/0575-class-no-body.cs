class A { public void M(); }
class P { static void Main() { } }
