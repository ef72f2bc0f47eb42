class A { }
record R : A;
class P { static void Main() { } }
