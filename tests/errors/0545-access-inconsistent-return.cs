class A { }
public class B { public A M() => null; }
class P { static void Main() { } }
