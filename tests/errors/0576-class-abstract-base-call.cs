abstract class A { public abstract void M(); }
class B : A { public override void M() { base.M(); } }
class P { static void Main() { } }
