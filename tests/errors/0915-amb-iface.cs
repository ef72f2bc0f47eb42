interface I { } interface J { } class A : I, J { }
class P { static void M(I a) { } static void M(J a) { } static void Main() { M(new A()); } }
