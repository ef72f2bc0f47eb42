class A { public virtual int M(int x) => 1; }
class B : A { public override int M(string x) => 2; }
class P { static void Main() { } }
