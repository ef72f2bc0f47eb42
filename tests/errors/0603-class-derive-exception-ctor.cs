class A : Exception { }
class P { static void Main() { throw new A("x"); } }
