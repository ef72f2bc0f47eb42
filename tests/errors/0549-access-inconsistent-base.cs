class A { }
public class B : A { }
class P { static void Main() { } }
