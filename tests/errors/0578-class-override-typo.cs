class A { public override string ToSting() => ""; }
class P { static void Main() { } }
