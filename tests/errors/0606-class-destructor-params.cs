class A { ~B() { } }
class P { static void Main() { } }
