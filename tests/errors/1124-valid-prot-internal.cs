public class A { protected int p = 1; protected internal int q = 2; private protected int r = 3; internal int s = 4; protected class N { } }
class B : A { int M(B o) => p + q + r + s + o.p + base.p; N n = new(); static void Main() => Console.WriteLine(new B().M(new B())); }
