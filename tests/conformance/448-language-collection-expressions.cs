// Collection expressions: what is built, how large, in which order.
using System; using System.Collections.Generic; using System.Linq;
static long M(Action a)
{
    a();
    a();
    long b = GC.GetAllocatedBytesForCurrentThread();
    a();
    return GC.GetAllocatedBytesForCurrentThread() - b;
}
object keep = null!; int[] src = { 1, 2, 3 }; List<int> ls = new() { 4, 5 }; IEnumerable<int> en = Enumerable.Range(0, 3);
Console.WriteLine(M(() => { List<int> l = [1, 2, 3]; keep = l; }) + " " + M(() => { int[] l = [.. src, 4, .. ls]; keep = l; }) + " " + M(() => { List<int> l = [.. src, .. ls, 9]; keep = l; }) + " " + M(() => { IEnumerable<int> l = [1, 2]; keep = l; }) + " " + M(() => { IReadOnlyList<int> l = [1]; keep = l; }) + " " + M(() => { IList<int> l = [1, 2]; keep = l; })+ " " + M(() => { ICollection<string> l = ["a"]; keep = l; })+ " " + M(() => { IEnumerable<int> l = []; keep = l; })+ " " + M(() => { List<int> l = []; keep = l; }) + " " + M(() => { HashSet<int> l = [1, 2]; keep = l; }) + " " + M(() => { IReadOnlyCollection<int> l = [.. src]; keep = l; }) + " " + M(() => { int[] l = [.. src]; keep = l; })+ " " + M(() => { IEnumerable<int> l = [.. src, 5]; keep = l; })+ " " + M(() => { List<int> l = [.. src]; keep = l; }));
List<int> cap = [1, 2, 3];
Console.WriteLine(cap.Capacity + " " + ((List<int>)[.. src, 1]).Capacity);
IReadOnlyList<int> ro = [1, 2, 3];
Console.WriteLine(ro is int[]);
Console.WriteLine(ro.Count + ro[1] + string.Join(",", ro));
try { ((IList<int>)ro).Add(4); }
catch (NotSupportedException e) { Console.WriteLine(e.Message); }
Console.WriteLine(((ICollection<int>)ro).Contains(2) + " " + ((IList<int>)ro).IndexOf(3));
Console.WriteLine(string.Join(",", (int[])[.. en, 7]));
int n = 0;
int F() { Console.Write("f" + ++n); return n; }
int[] order = [F(), .. G(), F()];
Console.WriteLine(string.Join(",", order));
int[] G() { Console.Write("g"); return new[] { 10, 20 }; }
