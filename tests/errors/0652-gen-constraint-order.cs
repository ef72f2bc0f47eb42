class A<T> where T : new(), IDisposable { }
class P { static void Main() { } }
