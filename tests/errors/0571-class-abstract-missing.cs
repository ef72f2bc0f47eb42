abstract class A { public abstract void M(); }
class B : A { }
class P { static void Main() { } }
