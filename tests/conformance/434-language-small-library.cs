// An LRU cache, an event bus, a matrix, a linked record.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
// generic constraints & math helper & default interface
Console.WriteLine(Clamp(5, 1, 3) + Clamp("m", "a", "f"));
static T Clamp<T>(T v, T lo, T hi) where T : IComparable<T> => v.CompareTo(lo) < 0 ? lo : v.CompareTo(hi) > 0 ? hi : v;
var cache = new LruCache<string, int>(2);
cache.Set("a", 1);
cache.Set("b", 2);
cache.TryGet("a", out _);
cache.Set("c", 3);
Console.WriteLine(cache.TryGet("b", out _) + " " + cache.TryGet("a", out var v) + v);
var evt = new EventBus();
evt.Subscribe<string>(s => Console.WriteLine("str " + s));
evt.Subscribe<int>(i => Console.WriteLine("int " + i));
evt.Publish("x");
evt.Publish(5);
Console.WriteLine(new Matrix(2)[1, 1]);
var node = new Node<int>(1) { Next = new(2) };
Console.WriteLine(node.Sum());
class LruCache<K, V>(int cap) where K : notnull
{
    readonly Dictionary<K, LinkedListNode<(K Key, V Value)>> map = new();
    readonly LinkedList<(K Key, V Value)> order = new();
    public void Set(K k, V v)
    {
        if (map.TryGetValue(k, out var n)) order.Remove(n);
        else if (map.Count >= cap) { map.Remove(order.Last!.Value.Key); order.RemoveLast(); }
        map[k] = order.AddFirst((k, v));
    }
    public bool TryGet(K k, out V v)
    {
        if (map.TryGetValue(k, out var n)) { order.Remove(n); order.AddFirst(n); v = n.Value.Value; return true; }
        v = default!;
        return false;
    }
}
class EventBus
{
    readonly Dictionary<Type, List<Delegate>> h = new();
    public void Subscribe<T>(Action<T> a) { if (!h.TryGetValue(typeof(T), out var l)) h[typeof(T)] = l = new(); l.Add(a); }
    public void Publish<T>(T e) { if (h.TryGetValue(typeof(T), out var l)) foreach (Action<T> a in l) a(e); }
}
class Matrix(int n)
{
    readonly double[,] d = new double[n, n];
    public double this[int i, int j] { get => d[i, j] + (i == j ? 1 : 0); set => d[i, j] = value; }
}
record Node<T>(T Value) { public Node<T>? Next { get; set; } }
static class NodeExt { public static int Sum(this Node<int>? n) => n is null ? 0 : n.Value + n.Next.Sum(); }
