class A<T> where T : struct { }
class P { static void Main() { var a = new A<string>(); } }
