class B { public B(int x) { } }
class A<T> where T : new() { }
class P { static void Main() { var a = new A<B>(); } }
