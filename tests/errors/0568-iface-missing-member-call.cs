interface I { void M(); }
class P { static void M(I i) { i.N(); } static void Main() { } }
