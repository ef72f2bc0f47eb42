class A { public override void M() { } }
class P { static void Main() { } }
