// Spreads of every kind of source into every kind of collection: queries, lambdas, awaits, sets, a type of one's own.
using System; using System.Collections; using System.Collections.Generic; using System.Linq; using System.Threading.Tasks;
int k = 2;
List<int> src = [1, 2, 3, 4];
int[] a = [.. src.Where(x => x > k), 9, .. src.Select(x => x * k)];
Console.WriteLine(string.Join(",", a));
List<int> l = [.. src.Where(x => x < k), .. from x in src select x + k];
Console.WriteLine(string.Join(",", l));
string[] s = [.. "ab".Select(c => c.ToString() + k), $"{k}"];
Console.WriteLine(string.Join(",", s));
int[] w = [await F(1), .. await G(), await F(2)];
Console.WriteLine(string.Join(",", w));
List<Func<int>> fs = [() => k, () => k + 1];
k = 10;
Console.WriteLine(string.Join(",", fs.Select(f => f())));
Task[] ts = [.. Enumerable.Range(0, 3).Select(i => Task.Delay(i))];
await Task.WhenAll(ts);
Console.WriteLine(ts.Length);
IEnumerable<string> e = [.. src.Select(x => x.ToString()), "z"];
Console.WriteLine(string.Concat(e));
HashSet<int> h = [.. src, .. src];
Console.WriteLine(h.Count);
Dictionary<string, int[]> d = new() { ["a"] = [1, 2], ["b"] = [.. src.Take(k)] };
Console.WriteLine(d["b"].Length);
if (src is [var first, ..] && (int[])[first, .. src] is [_, _, .. var rest]) Console.WriteLine(rest.Length);
foreach (int x in (int[])[3, 1]) Console.Write(x);
Console.WriteLine();
long[] conv = [.. src, 5L];
Console.WriteLine(conv.Sum());
List<object> ob = [.. src, "x"];
Console.WriteLine(ob.Count);
ReadOnlySum([1, 2, 3]);
static void ReadOnlySum(IReadOnlyCollection<int> xs) => Console.WriteLine(xs.Count + xs.Sum());
async Task<int> F(int n) { await Task.Yield(); return n; } async Task<int[]> G() { await Task.Yield(); return [7, 8]; }
List<int> src3 = [3, 1, 2]; SortedSet<int> sorted = [.. src3, 0]; Console.WriteLine(string.Join(",", sorted));
Bag bag = [1, .. src3, .. src3.Where(x => x > 1)]; Console.WriteLine(bag);
ISet<int> noDup = new HashSet<int>([.. src3, 3]); Console.WriteLine(noDup.Count);
class Bag : IEnumerable<int>
{
    List<int> _l = new();
    public void Add(int x) => _l.Add(x);
    public IEnumerator<int> GetEnumerator() => _l.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    public override string ToString() => string.Join(";", _l);
}
