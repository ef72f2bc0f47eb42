// Collections: semantics and exceptions of List, Dictionary, HashSet, Queue, Stack, LinkedList, sorted ones, PriorityQueue.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var l = new List<int>
{
    5,
    3,
    8
};
l.AddRange(new[] { 1, 9 });
l.Insert(1, 7);
l.Sort();
l.Reverse();
Console.WriteLine(string.Join(",", l) + $" {l.IndexOf(8)} {l.Contains(4)} {l.BinarySearch(3)} {l.Find(x => x < 5)} {l.FindIndex(x => x == 7)} {l.Exists(x => x > 8)} {l.RemoveAll(x => x % 2 == 0)} {l.Count} {l.Capacity} {string.Join("", l.GetRange(1, 2))} {l.TrueForAll(x => x > 0)} {string.Join("", l.ConvertAll(x => x + "."))} {l.Remove(100)} {l.LastIndexOf(7)} {string.Join("", l.Slice(0, 2))} {l[^1]} {string.Join("", l[..2])}");
l.ForEach(x => Console.Write(x));
l.TrimExcess();
Console.WriteLine(l.Capacity);
l.Clear();
Console.WriteLine(l.Capacity);
var d = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
{
    {
        "One",
        1
    },
    {
        "two",
        2
    }
};
d.Remove("x");
Console.WriteLine($"{d["ONE"]} {d.ContainsKey("TWO")} {d.TryAdd("one", 5)} {d.Remove("two", out int rem)} {rem} {d.Count} {string.Join(",", d.Keys)} {d.GetValueOrDefault("zz", 7)} {d.ContainsValue(1)} {d.Comparer == StringComparer.OrdinalIgnoreCase} {d.EnsureCapacity(10)}");
d["n"] = 1;
d["n"]++;
d.Remove("One");
d["new"] = 3;
Console.WriteLine(string.Join(" ", d));
var h = new HashSet<int>
{
    1,
    2,
    3
};
h.UnionWith(new[] { 3, 4 });
h.ExceptWith(new[] { 1 });
Console.WriteLine($"{h.Add(2)} {string.Join(",", h)} {h.IsSubsetOf(new[] { 2, 3, 4, 5 })} {h.Overlaps(new[] { 9 })} {h.SetEquals(new[] { 4, 3, 2 })} {h.TryGetValue(3, out int got)} {got} {h.RemoveWhere(x => x > 3)}");
h.SymmetricExceptWith(new[] { 2, 7 });
h.IntersectWith(new[] { 7 });
Console.WriteLine(string.Join(",", h) + h.IsProperSupersetOf(new int[0]));
var q = new Queue<string>(new[] { "a", "b" });
q.Enqueue("c");
Console.WriteLine(q.Peek() + q.Dequeue() + q.Count + string.Join("", q) + q.Contains("b") + q.TryPeek(out _));
var st = new Stack<int>(new[] { 1, 2, 3 });
Console.WriteLine(st.Pop() + "" + st.Peek() + string.Join("", st) + st.TryPop(out int sp) + sp);
var ll = new LinkedList<int>(new[] { 1, 2, 3 });
var nd = ll.Find(2)!;
ll.AddBefore(nd, 9);
ll.AddAfter(nd, 8);
ll.Remove(1);
ll.AddFirst(0);
Console.WriteLine(string.Join(",", ll) + ll.First!.Value + ll.Last!.Previous!.Value + nd.Next!.Value + ll.Count + (nd.List == ll));
var sd = new SortedDictionary<string, int>
{
    ["b"] = 2,
    ["a"] = 1
};
var sl = new SortedList<int, string>
{
    [3] = "c",
    [1] = "a"
};
var ss = new SortedSet<int>
{
    5,
    1,
    3
};
Console.WriteLine(string.Join(" ", sd) + sd.First().Key + " " + string.Join(" ", sl) + sl.Keys[0] + sl.IndexOfKey(3) + sl.Values[1] + " " + string.Join(",", ss) + ss.Min + ss.Max + string.Join(",", ss.Reverse()));
var pq = new PriorityQueue<string, int>();
pq.Enqueue("low", 5);
pq.Enqueue("high", 1);
pq.Enqueue("mid", 3);
Console.WriteLine(pq.Dequeue() + pq.Peek() + pq.Count + pq.EnqueueDequeue("x", 0) + pq.TryDequeue(out var el, out int pr) + el + pr);
int[] arr =
{
    3,
    1,
    2
};
Array.Sort(arr);
Array.Reverse(arr);
Console.WriteLine(string.Join("", arr) + Array.IndexOf(arr, 1) + Array.Find(arr, x => x < 3) + Array.Exists(arr, x => x == 9) + string.Join("", Array.ConvertAll(arr, x => x * 2)) + arr.Clone().GetType().Name);
Array.Resize(ref arr, 5);
Array.Fill(arr, 7, 3, 2);
Console.WriteLine(string.Join("", arr));
Array.Copy(arr, 0, arr, 1, 3);
Console.WriteLine(string.Join("", arr) + string.Join("", arr[1..^1]) + arr.Length + arr.Rank);
string[] names =
{
    "b",
    "a"
};
int[] keys =
{
    2,
    1
};
Array.Sort(keys, names);
Console.WriteLine(string.Join("", names));
var ro = l.AsReadOnly();
Console.WriteLine(ro.Count);
foreach (var a in new Action[]
{
    () => _ = l[0],
    () => l.RemoveAt(0),
    () => l.Insert(5, 1),
    () => _ = d["missing"],
    () => d.Add("n", 1),
    () => d.Add(null!, 1),
    () => new Queue<int>().Dequeue(),
    () => new Stack<int>().Pop(),
    () => new Stack<int>().Peek(),
    () => new List<int>(-1),
    () => _ = new int[2].GetValue(5),
    () => _ = new int[l.Count - 1],
    () => _ = arr[9],
    () => new List<int>().First(),
    () => new[]
    {
        1,
        2
    }.Single(),
    () => new int[0].Max(),
    () => new[]
    {
        1
    }.ElementAt(3),
    () => sd.Add("a", 1),
    () => sl.Add(1, ""),
    () => _ = sd["zz"],
    () => new PriorityQueue<int, int>().Dequeue(),
    () => ll.AddAfter(nd, nd),
    () => new LinkedList<int>().RemoveFirst(),
    () => new Dictionary<int, int>(-1),
    () => l.GetRange(0, 5),
    () => new[]
    {
        1,
        1
    }.ToDictionary(x => x),
    () => ((IList<int>)ro).Add(1),
    () => ((IList<int>)arr).Add(1),
    () => new int[0].Average(),
    () => Enumerable.Range(0, -1),
    () => ((IEnumerable<int>)null!).Count(),
    () => new object[]
    {
        "a"
    }.Cast<int>().ToList(),
    () => new[]
    {
        1
    }.Single(x => x > 5),
    () => new[]
    {
        1,
        2
    }.Last(x => x > 5),
    () =>
    {
        object[] oa = new string[1];
        oa[0] = 1;
    },
    () => l.CopyTo(new int[0], 3),
    () => new int[0].Aggregate((x, y) => x),
    () => Array.Copy(arr, arr, 99),
    () => new SortedSet<int>().Min.ToString(),
    () => new List<int>
    {
        1
    }.Sort((x, y) => throw new Exception("c")),
    () => new List<int>
    {
        2,
        1
    }.Sort((x, y) => throw new Exception("c")),
    () => new List<object>
    {
        new(),
        new()
    }.Sort(),
    () => _ = new List<int>
    {
        1
    }[^2],
    () => _ = "abc"[5..]
}

)
    try
    {
        a();
        Console.WriteLine("fine");
    }
    catch (Exception e)
    {
        Console.WriteLine($"{e.GetType().Name}: {e.Message.ReplaceLineEndings("|")}");
    }
