record R;
class A : R { }
class P { static void Main() { } }
