static class A { int x; }
class P { static void Main() { } }
