private class A { }
class P { static void Main() { } }
