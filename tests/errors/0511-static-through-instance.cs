class A { public static void M() { } }
class P { static void Main() { new A().M(); } }
