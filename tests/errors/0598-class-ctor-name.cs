class A { public B() { } }
class P { static void Main() { } }
