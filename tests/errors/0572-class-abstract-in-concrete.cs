class A { public abstract void M(); }
class P { static void Main() { } }
