static class A { }
class P { static void Main() { var l = new List<A>(); } }
