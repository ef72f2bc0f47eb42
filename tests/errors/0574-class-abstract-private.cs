abstract class A { abstract void M(); }
class P { static void Main() { } }
