class A { public virtual int M() => 1; }
class B : A { public override string M() => ""; }
class P { static void Main() { } }
