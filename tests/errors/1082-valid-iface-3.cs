class D : IDisposable { public void Dispose() => Console.WriteLine("d"); }
class P { static void Main() { using var a = new D(); using (var b = new D()) { } using (new D()) Console.WriteLine("in"); } }
