class A { }
interface I : A { }
class P { static void Main() { } }
