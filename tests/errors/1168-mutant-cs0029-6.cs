class Node<T> where T : IComparable<T> { public T V; public Node<T>? L, R; public Node(T v) => V = v;
  public void Add(T v) { if (v.CompareTo(V) < 0) { if (L == null) L = new Node<T>(v); else L.Add(v); } else { if (R is null) R = (v); else R.Add(v); } } }
class P { static void Main() { var n = new Node<string>("m"); n.Add("a"); n.Add("z"); Console.WriteLine(n.L!.V + n.R!.V); } }
