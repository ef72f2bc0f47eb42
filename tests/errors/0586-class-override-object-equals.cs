class A { public override bool Equals(A o) => true; }
class P { static void Main() { } }
