class A { }
public class B { public void M(A a) { } }
class P { static void Main() { } }
