static class A { }
class B : A { }
class P { static void Main() { } }
