class A { public virtual int X { get; set; } }
class B : A { public override string X { get; set; } }
class P { static void Main() { } }
