class A<T> where T : IDisposable { }
class P { static void Main() { var a = new A<int>(); } }
