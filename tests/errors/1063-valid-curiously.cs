abstract class Base<T> where T : Base<T> { public T Me() => (T)this; } class D : Base<D> { public int V = 3; }
class P { static void Main() => Console.WriteLine(new D().Me().V); }
