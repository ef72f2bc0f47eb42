class A { }
class P { [A] static void Main() { } }
