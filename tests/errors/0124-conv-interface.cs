interface I { }
class A { }
class P { static void Main() { I i = new A(); } }
