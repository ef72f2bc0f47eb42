class A { public virtual int M() => 1; }
class B : A { public sealed override int M() => 1; }
class C : B { public override int M() => 2; }
class P { static void Main() { } }
