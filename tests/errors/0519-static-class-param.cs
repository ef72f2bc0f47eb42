static class A { }
class P { static void M(A a) { } static void Main() { } }
