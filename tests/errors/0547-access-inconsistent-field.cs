class A { }
public class B { public A X; }
class P { static void Main() { } }
