interface I { void M(); }
struct A : I { }
class P { static void Main() { } }
