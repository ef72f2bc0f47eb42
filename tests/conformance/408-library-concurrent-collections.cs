// Concurrent collections and BlockingCollection.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using System.Collections.Concurrent;
var d = new ConcurrentDictionary<string, int>(); d.TryAdd("a", 1); Console.WriteLine(d.GetOrAdd("a", 9) + " " + d.GetOrAdd("b", k => k.Length) + " " + d.AddOrUpdate("a", 1, (k, v) => v + 10) + " " + d.TryUpdate("a", 5, 11) + " " + d.TryRemove("b", out var rem) + rem + " " + d.Count + d.ContainsKey("a") + d["a"]);
foreach (var kv in d) Console.WriteLine(kv.Key + kv.Value); var q = new ConcurrentQueue<int>(new[] { 1, 2 }); q.Enqueue(3); Console.WriteLine(q.TryDequeue(out var x) + " " + x + q.TryPeek(out x) + x + q.Count + q.IsEmpty + string.Join(",", q));
var s = new ConcurrentStack<int>(); s.Push(1); s.PushRange(new[] { 2, 3 }); Console.WriteLine(s.TryPop(out var y) + " " + y + s.Count); var cache = new ConcurrentDictionary<int, Lazy<Task<string>>>(); var t = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => cache.GetOrAdd(1, k => new Lazy<Task<string>>(async () => { Console.WriteLine("load"); await Task.Delay(1); return "v" + k; })).Value)); Console.WriteLine(string.Join(",", t));
var bc = new BlockingCollection<int>(2); var prod = Task.Run(() => { for (int i = 0; i < 5; i++) bc.Add(i); bc.CompleteAdding(); }); foreach (var i in bc.GetConsumingEnumerable()) Console.Write(i); Console.WriteLine(bc.IsCompleted); var bag = new ConcurrentBag<int> { 1, 2 }; Console.WriteLine(bag.Count + " " + bag.TryTake(out var bt) + bag.TryPeek(out bt)); Console.WriteLine(bc.TryTake(out _, 5)); d.Clear(); Console.WriteLine(d.IsEmpty); var ks = new ConcurrentDictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["X"] = 1 }; Console.WriteLine(ks["x"] + string.Join("", ks.Keys) + ks.Values.Sum());
