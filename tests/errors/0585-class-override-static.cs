class A { public static override void M() { } }
class P { static void Main() { } }
