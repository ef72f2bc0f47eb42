class A : IComparable<A> { public int CompareTo(B other) => 0; }
class P { static void Main() { } }
