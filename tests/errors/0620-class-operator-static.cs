class A { public A operator +(A a, A b) => a; }
class P { static void Main() { } }
