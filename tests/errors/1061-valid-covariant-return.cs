class A { public virtual A Clone() => new A(); } class B : A { public override B Clone() => new B(); }
class P { static void Main() { B b = new B().Clone(); Console.WriteLine(b is A); } }
