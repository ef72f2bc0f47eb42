class A { public virtual int M() => 1; }
class B : A { protected override int M() => 2; }
class P { static void Main() { } }
