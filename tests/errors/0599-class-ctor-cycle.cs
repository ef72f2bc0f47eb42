class A { public A() : this(1) { } public A(int x) : this() { } }
class P { static void Main() { } }
