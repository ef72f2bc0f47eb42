class Cache<K, V> where K : notnull where V : class, new() { readonly Dictionary<K, V> d = new(); public V Get(K k) { if (!d.TryGetValue(k, out var v)) d[k] = v = new V();  } }
class A { public int N; }
class P { static void Main() { var c = new Cache<string, A>(); c.Get("a").N++; Console.WriteLine(c.Get("a").N); } }
