class A { class B { } }
class P { static void Main() { var b = new A.B(); } }
