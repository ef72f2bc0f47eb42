class A : IDisposable { }
class P { static void Main() { } }
