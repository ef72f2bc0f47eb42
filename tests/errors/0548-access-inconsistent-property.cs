class A { }
public class B { public A X { get; set; } }
class P { static void Main() { } }
