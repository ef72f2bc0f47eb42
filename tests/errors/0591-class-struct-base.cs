struct A { }
class B : A { }
class P { static void Main() { } }
