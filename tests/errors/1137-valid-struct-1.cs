struct V { public int X, Y; public V(int x) { X = x; Y = 0; } public readonly int Sum => X + Y; public void Inc() => X++; }
class P { static void Main() { V v = new(1); var w = v; w.Inc(); Console.WriteLine(v.X + w.X); V[] a = new V[2]; a[0].Inc(); a[0].Y = 3; Console.WriteLine(a[0].Sum); V d = default; Console.WriteLine(d.X); V u; u.X = 1; u.Y = 2; Console.WriteLine(u.Sum); } }
