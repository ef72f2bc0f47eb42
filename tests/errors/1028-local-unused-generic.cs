class A<T> { public T V = default!; }
class P { static void Main() { A<int> a = new(); string s = a.V; } }
