static class A { }
class P { static void Main() { A a = null; } }
