class A { public void M() { } }
class B : A { public override void M() { } }
class P { static void Main() { } }
